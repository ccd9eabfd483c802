import { Button } from "@mantine/core";
import { IconCheck, IconSend } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PublicationOut } from "@/api/types.gen";
import { useFieldWords } from "@/features/listings/useFieldWords";
import { useFormat } from "@/shared/format/format";
import { useProblemWords } from "@/shared/problems/words";
import { useRetry } from "@/shared/publications/publications";
import css from "./Product.module.css";

const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === "") return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

/** What the channel shows otherwise than it was sent, both sides, and the channel's reason where there is one. */
export function Differences({ publication, label }: { publication: PublicationOut; label: string }) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const fieldWords = useFieldWords();
  const words = useProblemWords();
  const retry = useRetry();
  const proved = publication.proved_at ? format.seconds(new Date(publication.proved_at)) : "–";
  return (
    <section className="sheet" aria-label={t("differences.title", { connection: label })}>
      <header>
        <h2>{t("differences.title", { connection: label })}</h2>
      </header>
      <table className={css.diff}>
        <thead>
          <tr>
            <th scope="col">{t("differences.field")}</th>
            <th scope="col">Kontor</th>
            <th scope="col">{t("differences.channel")}</th>
          </tr>
        </thead>
        <tbody>
          {publication.differences.map((difference) => (
            <tr key={difference.sku + difference.field}>
              <th scope="row">
                {fieldWords([difference.field])[0]}
                <br />
                <span className="dim caption">
                  {difference.reason
                    ? words({ code: difference.reason, message: difference.reason }).title
                    : difference.sku}
                </span>
              </th>
              <td>{shown(difference.sent)}</td>
              <td>
                <mark>{shown(difference.found)}</mark>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.note}>
        <IconCheck size={15} aria-hidden /> {t("differences.rest", { time: proved })}
      </p>
      <footer>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconSend size={14} />}
          loading={retry.isPending}
          onClick={() => retry.mutate(publication.id)}
        >
          {t("differences.send")}
        </Button>
      </footer>
    </section>
  );
}
