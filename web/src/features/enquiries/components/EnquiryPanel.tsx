import { ActionIcon, Button } from "@mantine/core";
import { IconArrowLeft, IconCheck, IconMail, IconRotate2 } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { EnquiryEdit, EnquiryOut } from "@/api/types.gen";
import { enquiryQuery, useChangeEnquiry } from "@/features/enquiries/api/enquiries";
import { PropertyOf } from "@/features/enquiries/components/PropertyOf";
import { addressLines, adOf, nameOf } from "@/features/enquiries/names";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { useCommands } from "@/shared/commands/commands";
import { useFormat } from "@/shared/format/format";
import { asProblem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { confirm } from "@/shared/ui/toast";
import css from "./Enquiries.module.css";

/** Somebody else changed it meanwhile: their side is read, and the same wish can be said again. */
function Refused({ id, error, onAgain }: { id: string; error: unknown; onAgain: () => void }) {
  const { t } = useTranslation("enquiries");
  const queryClient = useQueryClient();
  const isConflict = asProblem(error).status === 412;
  const read = () => queryClient.refetchQueries({ queryKey: enquiryQuery(id).queryKey }).then(onAgain);
  return (
    <ProblemNote
      problem={error}
      action={
        isConflict && (
          <Button size="xs" variant="default" onClick={() => void read()}>
            {t("again")}
          </Button>
        )
      }
    />
  );
}

/** One request: what they wrote and want, which property, and who they are. */
export function EnquiryPanel({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation("enquiries");
  const { data: enquiry, error, refetch } = useQuery(enquiryQuery(id));
  if (enquiry) return <Inside enquiry={enquiry} onBack={onBack} />;
  return (
    <section className={css.talk} aria-label={t("detail")}>
      <div className={css.note}>
        {error ? <ProblemNote problem={error} onRetry={() => void refetch()} /> : <LedgerSkeleton rows={4} />}
      </div>
    </section>
  );
}

function Inside({ enquiry, onBack }: { enquiry: EnquiryOut; onBack: () => void }) {
  const { t } = useTranslation("enquiries");
  const format = useFormat();
  const may = useRights().write;
  const change = useChangeEnquiry(enquiry.id);
  const { prospect, about, portal, message, wishes, state } = enquiry;
  const at = new Date(enquiry.received_at);
  const isOpen = state === "open";
  const name = nameOf(prospect) || t("noName");
  const edit = (body: EnquiryEdit) => change.mutate(body);
  const settle = () =>
    change.mutate(
      { state: isOpen ? "done" : "open" },
      {
        onSuccess: () =>
          confirm(t(isOpen ? "settled" : "reopened", { name }), () =>
            change.mutate({ state: isOpen ? "open" : "done" }),
          ),
      },
    );
  useCommands(
    may
      ? [
          {
            id: "enquiries.settle",
            group: "page",
            label: t(isOpen ? "settle" : "reopen"),
            icon: IconCheck,
            keys: "E",
            run: settle,
          },
        ]
      : [],
  );
  return (
    <>
      <section className={css.talk} aria-label={t("detail")}>
        <header>
          <ActionIcon className="phone" variant="subtle" size={40} aria-label={t("back")} onClick={onBack}>
            <IconArrowLeft size={20} />
          </ActionIcon>
          <div className="grow">
            <h2 className="clip">{name}</h2>
            <p className="dim caption clip">
              {[t("via", { portal: portal || t("byMail") }), format.moment(at), t(`state.${state}`)].join(
                " · ",
              )}
            </p>
          </div>
          {may && (
            <Button
              size="xs"
              variant={isOpen ? "filled" : "default"}
              leftSection={isOpen ? <IconCheck size={15} /> : <IconRotate2 size={15} />}
              loading={change.isPending}
              onClick={settle}
            >
              {t(isOpen ? "settle" : "reopen")}
            </Button>
          )}
        </header>
        <div className={css.body}>
          <MayNot right="write" />
          {change.error && (
            <Refused
              id={enquiry.id}
              error={change.error}
              onAgain={() => change.variables && change.mutate(change.variables)}
            />
          )}
          {wishes.length > 0 && (
            <ul className={css.wishes} aria-label={t("wishes")}>
              {wishes.map((wish) => (
                <li key={wish}>{t(`wish.${wish}`)}</li>
              ))}
            </ul>
          )}
          <div className={css.message}>
            {message || <span className="dim">{t("noMessage")}</span>}
            <footer className="dim caption">
              {t("received", { day: format.date(at), time: format.time(at) })}
            </footer>
          </div>
          <section className="sheet" aria-labelledby="about">
            <header>
              <h2 id="about">{t("property")}</h2>
            </header>
            <div className={css.inside}>
              {adOf(about) && <p className="small ink2">{t("meant", { ad: adOf(about) })}</p>}
              <PropertyOf
                listingId={enquiry.listing_id}
                onBind={may ? (id) => edit({ listing_id: id }) : undefined}
              />
            </div>
          </section>
        </div>
      </section>
      <Context enquiry={enquiry} />
    </>
  );
}

/** Who asks, and how they want to be reached. */
function Context({ enquiry }: { enquiry: EnquiryOut }) {
  const { t } = useTranslation("enquiries");
  const { prospect, prefers, about } = enquiry;
  const subject = encodeURIComponent(t("reply", { ad: adOf(about) || t("noAd") }));
  const phones = (["phone", "mobile"] as const).filter((way) => prospect[way]);
  return (
    <aside className={css.context} aria-label={t("contact")}>
      <section>
        <h3>{t("contact")}</h3>
        <address className={css.address}>
          {addressLines(prospect).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </address>
        <dl className="facts">
          {prospect.email && (
            <>
              <dt>{t("way.email")}</dt>
              <dd>
                <a className="link" href={`mailto:${prospect.email}`}>
                  {prospect.email}
                </a>
              </dd>
            </>
          )}
          {phones.map((way) => (
            <div key={way} style={{ display: "contents" }}>
              <dt>{t(`way.${way}`)}</dt>
              <dd>
                <a className="link" href={`tel:${prospect[way].replace(/[^\d+]/g, "")}`}>
                  {prospect[way]}
                </a>
              </dd>
            </div>
          ))}
          {prefers.length > 0 && (
            <>
              <dt>{t("prefers")}</dt>
              <dd>{prefers.map((way) => t(`way.${way}`)).join(", ")}</dd>
            </>
          )}
        </dl>
      </section>
      {prospect.email && (
        <section>
          <h3>{t("next")}</h3>
          <Button
            component="a"
            href={`mailto:${prospect.email}?subject=${subject}`}
            fullWidth
            size="xs"
            variant="default"
            leftSection={<IconMail size={15} />}
          >
            {t("answer")}
          </Button>
          <p className="dim caption" style={{ marginTop: 6 }}>
            {t("answerText")}
          </p>
        </section>
      )}
    </aside>
  );
}
