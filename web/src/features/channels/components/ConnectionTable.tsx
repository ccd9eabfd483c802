import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ConnectionOut } from "@/api/types.gen";
import { Budget, tightest } from "@/features/channels/components/Budget";
import { ListingCounts } from "@/features/channels/components/ListingCounts";
import { provedAt, useConnectionWords } from "@/features/channels/components/useConnectionWords";
import { useRights } from "@/shared/auth/rights";
import { Age } from "@/shared/states/Age";
import { Chip } from "@/shared/states/Chip";
import { Mark } from "@/shared/states/Mark";
import css from "./Channels.module.css";

interface Props {
  connections: ConnectionOut[];
  onOpen: (id: string) => void;
}

function Account({ connection, size }: { connection: ConnectionOut; size: number }) {
  return (
    <div className="row grow" style={{ gap: 12 }}>
      <Mark channel={connection.channel} size={size} />
      <div className="col">
        <span className="medium">{connection.label}</span>
        <span className="dim caption clip">{connection.account_name}</span>
      </div>
    </div>
  );
}

function Next({
  connection,
  onOpen,
  block,
}: {
  connection: ConnectionOut;
  onOpen: () => void;
  block?: true;
}) {
  const words = useConnectionWords(connection);
  const may = useRights().admin;
  const { t } = useTranslation("channels");
  const asks = connection.state === "refused" || connection.state === "authorised";
  return (
    <Button
      size={block ? "sm" : "xs"}
      h={block ? 40 : undefined}
      fullWidth={block}
      mt={block ? 10 : undefined}
      variant={asks && may ? "filled" : "default"}
      miw={124}
      aria-label={`${may ? words.next : t("next.callable")}: ${connection.label}`}
      onClick={onOpen}
    >
      {may ? words.next : t("next.callable")}
    </Button>
  );
}

export function ConnectionTable({ connections, onOpen }: Props) {
  const { t } = useTranslation("channels");
  return (
    <div className={`sheet desktop ${css.table}`} role="region" aria-label={t("title")} tabIndex={0}>
      <table className="ledger">
        <thead>
          <tr>
            <th scope="col">{t("column.account")}</th>
            <th scope="col">{t("column.state")}</th>
            <th scope="col">{t("column.proof")}</th>
            <th scope="col">{t("column.listens")}</th>
            <th scope="col">{t("column.budget")}</th>
            <th scope="col">{t("column.listings")}</th>
            <th scope="col">
              <span className="vh">{t("column.action")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {connections.map((connection) => (
            <Row key={connection.id} connection={connection} onOpen={() => onOpen(connection.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ connection, onOpen }: { connection: ConnectionOut; onOpen: () => void }) {
  const words = useConnectionWords(connection);
  return (
    <tr className={css.tr}>
      <td>
        <Account connection={connection} size={34} />
      </td>
      <td>
        <Chip state={words.state}>{words.chip}</Chip>
      </td>
      <td>
        <span className="small">{words.proof}</span>
        <br />
        <Age since={provedAt(connection)} freshForSeconds={connection.fresh_for_seconds} />
      </td>
      <td className="small ink2 nowrap">
        {words.listens}
        {words.hears && <br />}
        {words.hears && <span className="dim caption">{words.hears}</span>}
      </td>
      <td>
        <Budget budget={tightest(connection.budgets)} />
      </td>
      <td>
        <ListingCounts connectionId={connection.id} />
      </td>
      <td className="num">
        <Next connection={connection} onOpen={onOpen} />
      </td>
    </tr>
  );
}

export function ConnectionCards({ connections, onOpen }: Props) {
  return (
    <ul className={`phone ${css.cards}`}>
      {connections.map((connection) => (
        <Card key={connection.id} connection={connection} onOpen={() => onOpen(connection.id)} />
      ))}
    </ul>
  );
}

function Card({ connection, onOpen }: { connection: ConnectionOut; onOpen: () => void }) {
  const words = useConnectionWords(connection);
  return (
    <li className="sheet">
      <div className="row" style={{ gap: 12 }}>
        <Account connection={connection} size={36} />
        <Chip state={words.state}>{words.chip}</Chip>
      </div>
      <p className="small ink2" style={{ marginTop: 8 }}>
        {words.proof}, <Age since={provedAt(connection)} freshForSeconds={connection.fresh_for_seconds} />
      </p>
      <ListingCounts connectionId={connection.id} />
      {connection.budgets.length > 0 && <Budget budget={tightest(connection.budgets)} />}
      <Next connection={connection} onOpen={onOpen} block />
    </li>
  );
}
