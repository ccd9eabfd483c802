import { Button } from "@mantine/core";
import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/shared/auth/session";
import { download } from "@/shared/http/download";
import css from "./Auth.module.css";

/** Codes that can be read this once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation("auth");
  const session = useSession();
  const email = session.status === "signedIn" ? session.user.email : "";
  const text = [t("codes.file", { email }), "", ...codes, ""].join("\n");
  return (
    <section className={css.form} aria-label={t("codes.title")}>
      <h3 style={{ fontSize: 14 }}>{t("codes.title")}</h3>
      <p className="small ink2">{t("codes.text")}</p>
      <ul className={css.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="row wrap">
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() => download(new Blob([text], { type: "text/plain" }), "kontor-recovery-codes.txt")}
        >
          {t("codes.download")}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
          {t("codes.print")}
        </Button>
        <Button onClick={onDone}>{t("codes.done")}</Button>
      </div>
    </section>
  );
}
