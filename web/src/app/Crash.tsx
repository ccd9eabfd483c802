import { Button } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Body } from "@/shared/layout/Body";
import { Problem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { PageHeader } from "@/shared/ui/PageHeader";

/** A page that broke: a refusal of the server says so itself, anything else is our own fault. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation("app");
  if (error instanceof Problem) {
    return (
      <Body>
        <ProblemNote problem={error} onRetry={reset} />
      </Body>
    );
  }
  return (
    <>
      <PageHeader title={t("crash.title")} facts={t("crash.text")} />
      <Body>
        <Button leftSection={<IconRefresh size={16} />} onClick={() => window.location.reload()}>
          {t("crash.reload")}
        </Button>
        <p className="dim caption" style={{ marginTop: 16 }}>
          {error instanceof Error ? error.message : String(error)}
        </p>
      </Body>
    </>
  );
}
