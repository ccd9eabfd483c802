import { Button } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/shared/problems/problem";
import { useProblemWords } from "@/shared/problems/words";
import css from "./NoAccess.module.css";

/** A whole page or sheet that a role may not see: which roles may, and the way back. */
export function NoAccess({ problem }: { problem: Problem }) {
  const { t } = useTranslation("shared");
  const words = useProblemWords()(problem);
  return (
    <div className={css.root} role="alert">
      <IconShieldLock size={28} stroke={1.4} aria-hidden />
      <h2>{words.title}</h2>
      {words.text && <p>{words.text}</p>}
      <Button variant="default" onClick={() => window.history.back()}>
        {t("action.back")}
      </Button>
      <p className="dim caption">
        {problem.status} · {problem.code}
      </p>
    </div>
  );
}
