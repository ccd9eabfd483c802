import { ActionIcon, Menu, Select } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PersonEdit, PersonRow as Person } from "@/api/types.gen";
import { Avatar } from "@/features/settings/components/Avatar";
import { rolesToGive } from "@/features/settings/roles";
import type { Rights } from "@/shared/auth/rights";
import { Age } from "@/shared/states/Age";

interface Props {
  person: Person;
  rights: Rights;
  onChange: (edit: PersonEdit) => void;
  onHandOver: () => void;
}

/** One of the people: role to choose and ways out, for whoever may decide that. */
export function PersonRow({ person, rights, onChange, onHandOver }: Props) {
  const { t } = useTranslation("settings");
  const name = person.name || person.email;
  const role = (value: Person["role"]) => t(`role.${value}`, { ns: "auth" });
  // Who is owner is for owners to decide; nobody changes their own role by mistake.
  const mayChange = rights.admin && (rights.owner || person.role !== "owner");
  const mayHandOver = rights.owner && !person.is_me && person.is_active && person.role !== "owner";
  return (
    <li>
      <Avatar name={name} url={person.avatar_url} />
      <span className="grow">
        <span className="medium">{name}</span>
        {person.is_me && <span className="small ink2"> · {t("people.me")}</span>}
        {!person.is_active && <span className="small ink2"> · {t("people.inactive")}</span>}
        <span className="dim small" style={{ display: "block" }}>
          {[person.email, person.position].filter(Boolean).join(" · ")} · {t("people.seen")}{" "}
          <Age since={person.last_seen_at} none={t("people.never")} />
        </span>
      </span>
      {mayChange && person.is_active ? (
        <Select
          size="xs"
          w={150}
          aria-label={t("people.roleOf", { name })}
          allowDeselect={false}
          data={rolesToGive(rights).map((value) => ({ value, label: role(value) }))}
          value={person.role}
          onChange={(value) => value && value !== person.role && onChange({ role: value as Person["role"] })}
        />
      ) : (
        <span className="small ink2">{role(person.role)}</span>
      )}
      {mayChange && !person.is_me && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t("people.more", { name })}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onChange({ is_active: !person.is_active })}>
              {t(person.is_active ? "people.deactivate" : "people.reactivate")}
            </Menu.Item>
            {mayHandOver && <Menu.Item onClick={onHandOver}>{t("people.handOver")}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
