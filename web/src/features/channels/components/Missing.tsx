import { Button, Radio } from "@mantine/core";
import { IconPlus, IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConnectionOut } from "@/api/types.gen";
import { useChoose, useCreateMissing } from "@/features/channels/api/connections";
import { isOver, jobQuery } from "@/shared/jobs/job";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useProblemWords } from "@/shared/problems/words";
import css from "./Channels.module.css";

/** Which setting of the connection takes the choice for a missing thing. */
const settingOf: Record<string, string> = {
  "policies.fulfillment": "fulfillment_policy_id",
  "policies.payment": "payment_policy_id",
  "policies.return": "return_policy_id",
  location: "merchant_location_key",
};

/** Makes one missing thing at the channel: busy until its job has ended, and then says why where it failed. */
function Create({ connection, code }: { connection: ConnectionOut; code: string }) {
  const { t } = useTranslation("channels");
  const create = useCreateMissing(connection.id);
  const id = create.data?.job_id;
  const { data: job } = useQuery({ ...jobQuery(id ?? ""), enabled: id !== undefined });
  const problem = create.error ?? (job?.problem && isOver(job) ? job.problem : undefined);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        loading={create.isPending || (id !== undefined && !(job && isOver(job)))}
        onClick={() => create.mutate(code)}
      >
        {t("missing.create", { channel: connection.channel_name })}
      </Button>
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}

/** What the account lacks: a choice among what it has, or a button that creates it there. */
export function Missing({ connection, onBack }: { connection: ConnectionOut; onBack: () => void }) {
  const { t } = useTranslation("channels");
  const words = useProblemWords();
  const choose = useChoose(connection.id);
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const toChoose = connection.missing.filter((item) => item.choices && item.choices.length > 0);
  const picks = Object.fromEntries(
    toChoose.map((item) => [item.code, chosen[item.code] ?? item.choices?.[0]?.[0] ?? ""]),
  );
  const settings = Object.fromEntries(
    Object.entries(picks).map(([code, choice]) => [settingOf[code] ?? code, choice]),
  );
  return (
    <section aria-labelledby="missing">
      <h3 className={css.flowTitle} id="missing">
        {t("missing.title")}
      </h3>
      <p className="ink2">
        {t("missing.text", { account: connection.account_name, channel: connection.channel_name })}
      </p>
      {choose.error && <ProblemNote problem={choose.error} />}
      <div className={css.group}>
        {connection.missing.map((item) => (
          <div key={item.code} className={css.missing}>
            {item.choices && item.choices.length > 0 ? (
              <Radio.Group
                label={words({ code: `setup.${item.code}`, message: item.message }).title}
                value={picks[item.code]}
                onChange={(value) => setChosen((before) => ({ ...before, [item.code]: value }))}
              >
                {item.choices.map(([id, name]) => (
                  <Radio key={id} value={id} label={name} />
                ))}
              </Radio.Group>
            ) : (
              <p className="medium grow">
                {words({ code: `setup.${item.code}`, message: item.message }).title}
              </p>
            )}
            {item.creatable && <Create connection={connection} code={item.code} />}
          </div>
        ))}
      </div>
      <p className={css.next}>
        <IconShieldCheck size={18} aria-hidden />
        {t("missing.next")}
      </p>
      {toChoose.length > 0 && (
        <div className={css.flowActions}>
          <Button variant="default" onClick={onBack}>
            {t("action.back", { ns: "shared" })}
          </Button>
          <Button loading={choose.isPending} onClick={() => choose.mutate(settings)}>
            {t("missing.choose")}
          </Button>
        </div>
      )}
    </section>
  );
}
