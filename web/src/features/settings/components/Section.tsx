import { IconInfoCircle } from "@tabler/icons-react";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/format";
import css from "./Settings.module.css";

interface Props {
  title: string;
  text?: ReactNode;
  aside?: ReactNode;
  /** The content brings its own rows, edge to edge. */
  bare?: true;
  children: ReactNode;
}

/** One matter of a settings page. */
export function Section({ title, text, aside, bare, children }: Props) {
  const id = useId();
  return (
    <section className="sheet" aria-labelledby={id}>
      <header>
        <h2 id={id} className="grow">
          {title}
        </h2>
        {aside}
      </header>
      {bare ? (
        <>
          {text && <p className={`small ink2 ${css.body}`}>{text}</p>}
          {children}
        </>
      ) : (
        <div className={css.body}>
          {text && <p className="small ink2">{text}</p>}
          {children}
        </div>
      )}
    </section>
  );
}

/** A rule that holds here, said plainly. */
export function Note({ children }: { children: ReactNode }) {
  return (
    <p className={css.note}>
      <IconInfoCircle size={18} stroke={1.7} aria-hidden />
      <span>{children}</span>
    </p>
  );
}

/** "gespeichert 09:12": that the last change arrived, and when. */
export function Saved({ busy, at }: { busy: boolean; at: Date | undefined }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  return (
    <span className="caption dim" role="status">
      {busy ? t("saving") : at && t("saved", { time: format.time(at) })}
    </span>
  );
}

/** When a mutation of this page last went well. */
export const savedAt = (mutation: { isSuccess: boolean; submittedAt: number }): Date | undefined =>
  mutation.isSuccess ? new Date(mutation.submittedAt) : undefined;
