import { Button, Menu, Switch } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EndpointOut } from "@/api/types.gen";
import { useChangeEndpoint, useEndpointDeeds } from "@/features/settings/api/doors";
import { Deliveries } from "@/features/settings/components/Deliveries";
import { Section } from "@/features/settings/components/Section";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Age } from "@/shared/states/Age";
import { confirm } from "@/shared/ui/toast";
import css from "./Settings.module.css";

/** How it stands with this address: proven, failing, or why it is off. */
function Standing({ endpoint }: { endpoint: EndpointOut }) {
  const { t } = useTranslation("settings");
  if (!endpoint.is_enabled) return <>{t(`webhooks.off.${endpoint.disabled_because || "person"}`)}</>;
  if (endpoint.failing_since) {
    return (
      <>
        {t("webhooks.failing")} <Age since={endpoint.failing_since} />
      </>
    );
  }
  return (
    <>
      {t("webhooks.taken")} <Age since={endpoint.succeeded_at} none={t("security.never")} />
    </>
  );
}

/** One address with its events, its switch, and the log of what was told there. */
export function EndpointSection({
  endpoint,
  onSecret,
}: {
  endpoint: EndpointOut;
  onSecret: (secret: string) => void;
}) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const change = useChangeEndpoint();
  const { test, rotate, remove } = useEndpointDeeds(endpoint.id);
  const [isOpen, setOpen] = useState(false);
  const problem = change.error ?? test.error ?? rotate.error ?? remove.error;
  return (
    <Section
      title={endpoint.description || endpoint.url}
      aside={
        <Switch
          aria-label={t("webhooks.on", { url: endpoint.url })}
          checked={endpoint.is_enabled}
          onChange={(event) => change.mutate({ endpoint, edit: { is_enabled: event.currentTarget.checked } })}
        />
      }
    >
      {problem && <ProblemNote problem={problem} />}
      <p className="small" style={{ overflowWrap: "anywhere" }}>
        {endpoint.url}
        <span className="dim" style={{ display: "block" }}>
          {format.list(endpoint.types)} · <Standing endpoint={endpoint} />
        </span>
      </p>
      <div className={css.actions}>
        <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t("webhooks.log")}
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={test.isPending}
          onClick={() => test.mutate(undefined, { onSuccess: () => setOpen(true) })}
        >
          {t("webhooks.test")}
        </Button>
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              size="xs"
              variant="subtle"
              aria-label={t("people.more", { name: endpoint.description || endpoint.url })}
            >
              <IconDots size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => rotate.mutate(undefined, { onSuccess: (now) => onSecret(now.secret) })}>
              {t("webhooks.rotate")}
            </Menu.Item>
            <Menu.Item
              onClick={() => remove.mutate(undefined, { onSuccess: () => confirm(t("webhooks.removed")) })}
            >
              {t("webhooks.remove")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {isOpen && <Deliveries endpointId={endpoint.id} />}
    </Section>
  );
}
