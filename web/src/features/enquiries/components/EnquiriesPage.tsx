import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { tabs, type Tab } from "@/features/enquiries/api/enquiries";
import { EnquiryList } from "@/features/enquiries/components/EnquiryList";
import { EnquiryPanel } from "@/features/enquiries/components/EnquiryPanel";
import { MailPanel } from "@/features/enquiries/components/MailPanel";
import { useCommands } from "@/shared/commands/commands";
import { EmptyState } from "@/shared/ui/EmptyState";
import css from "./Enquiries.module.css";

/** Who asks about which property: the list left, the chosen one in the middle. Choice and tab are the address. */
export function EnquiriesPage() {
  const { t } = useTranslation("enquiries");
  const navigate = useNavigate();
  const { enquiryId } = useParams({ strict: false }) as { enquiryId?: string };
  const search = useSearch({ strict: false }) as { tab?: string };
  const tab = tabs.find((known) => known === search.tab) ?? "open";
  const address = (of: Tab) => ({ tab: of === "open" ? undefined : of });
  const back = () => void navigate({ to: "/enquiries", search: address(tab) });
  useCommands(
    enquiryId
      ? [{ id: "enquiries.back", group: "page", label: t("back"), keys: "Esc", keysOnly: true, run: back }]
      : [],
  );
  return (
    <div className={css.root} data-open={enquiryId ? true : undefined}>
      <h1 className="vh">{t("title")}</h1>
      <EnquiryList
        tab={tab}
        current={enquiryId}
        onTab={(next) => void navigate({ to: "/enquiries", search: address(next) })}
        onOpen={(id) => void navigate({ to: `/enquiries/${id}`, search: address(tab) })}
      />
      {!enquiryId && (
        <section className={css.talk} aria-label={t("detail")}>
          <EmptyState title={t("choose.title")}>{t("choose.text")}</EmptyState>
        </section>
      )}
      {enquiryId && tab === "mails" && <MailPanel key={enquiryId} id={enquiryId} onBack={back} />}
      {enquiryId && tab !== "mails" && <EnquiryPanel key={enquiryId} id={enquiryId} onBack={back} />}
    </div>
  );
}
