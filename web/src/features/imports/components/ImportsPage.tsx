import { Button, FileButton } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { importsQuery, useUploadImport } from "@/features/imports/api/imports";
import { ImportRows } from "@/features/imports/components/ImportRows";
import { Steps } from "@/features/imports/components/Steps";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { Body } from "@/shared/layout/Body";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { PageHeader } from "@/shared/ui/PageHeader";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./Imports.module.css";

const accepted = ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain";

/** The first step, a file; and the imports so far. */
export function ImportsPage() {
  const { t } = useTranslation("imports");
  const navigate = useNavigate();
  const upload = useUploadImport();
  const query = useInfiniteQuery(importsQuery);
  const [over, setOver] = useState(false);
  const imports = query.data?.pages.flatMap((page) => page.items) ?? [];
  const may = useRights().write;
  const take = (file: File | null | undefined) => {
    if (!file || !may) return;
    upload.mutate(file, { onSuccess: (found) => void navigate({ to: `/imports/${found.id}` }) });
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        crumbs={[{ label: t("listings"), to: "/listings" }]}
        facts={t("facts")}
      />
      <Body className={css.page}>
        <Steps active={0} />
        <MayNot right="write" />
        {upload.isError && <ProblemNote problem={upload.error} />}
        <section
          className={`sheet ${css.drop}`}
          data-over={over || undefined}
          aria-label={t("upload.title")}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            take(event.dataTransfer.files[0]);
          }}
        >
          <IconFileImport size={30} stroke={1.4} aria-hidden />
          <h2>{t("upload.title")}</h2>
          <p className="ink2">{t("upload.text")}</p>
          <FileButton accept={accepted} onChange={take} inputProps={{ "aria-label": t("upload.choose") }}>
            {(props) => (
              <Button {...props} loading={upload.isPending} disabled={!may}>
                {t("upload.choose")}
              </Button>
            )}
          </FileButton>
          <p className="dim caption">{t("upload.forms")}</p>
        </section>
        {query.isPending && (
          <div className="sheet">
            <LedgerSkeleton rows={3} />
          </div>
        )}
        {query.isError && <ProblemNote problem={query.error} onRetry={() => void query.refetch()} />}
        {imports.length > 0 && <ImportRows imports={imports} />}
        {query.hasNextPage && (
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t("action.more", { ns: "shared" })}
          </Button>
        )}
      </Body>
    </>
  );
}
