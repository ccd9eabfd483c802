import { Button, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Section } from "@/features/settings/components/Section";
import css from "./Settings.module.css";

/** A secret that can be read this once. */
export function Once({
  title,
  text,
  secret,
  onDone,
}: Record<"title" | "text" | "secret", string> & { onDone: () => void }) {
  const { t } = useTranslation("settings");
  return (
    <Section title={title} text={text}>
      <output className={css.once}>{secret}</output>
      <div className={css.actions}>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            >
              {t(copied ? "once.copied" : "once.copy")}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{t("once.done")}</Button>
      </div>
    </Section>
  );
}
