import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { IconSearch, IconUserPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PersonRow as Person } from "@/api/types.gen";
import { peopleQuery, useChangePerson } from "@/features/settings/api/people";
import { HandOverModal } from "@/features/settings/components/HandOverModal";
import { Invitations } from "@/features/settings/components/Invitations";
import { InviteDrawer } from "@/features/settings/components/InviteDrawer";
import { Loaded } from "@/features/settings/components/Loaded";
import { PersonRow } from "@/features/settings/components/PersonRow";
import { Note, Section } from "@/features/settings/components/Section";
import { useRights } from "@/shared/auth/rights";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Settings.module.css";

const pauseMilliseconds = 200;

function People({ onHandOver }: { onHandOver: (person: Person) => void }) {
  const { t } = useTranslation("settings");
  const rights = useRights();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), pauseMilliseconds);
  const people = useInfiniteQuery(peopleQuery(search));
  const change = useChangePerson();
  return (
    <Section bare title={t("people.title")}>
      <div className={css.body}>
        <TextInput
          aria-label={t("people.search")}
          placeholder={t("people.search")}
          leftSection={<IconSearch size={16} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {change.error && <ProblemNote problem={change.error} />}
      </div>
      <Loaded query={people}>
        {({ pages }) => (
          <ul className={css.rows}>
            {pages
              .flatMap((page) => page.items)
              .map((person) => (
                <PersonRow
                  key={person.id}
                  person={person}
                  rights={rights}
                  onChange={(edit) => change.mutate({ person, edit })}
                  onHandOver={() => onHandOver(person)}
                />
              ))}
          </ul>
        )}
      </Loaded>
      {people.hasNextPage && (
        <div className={css.body}>
          <Button
            variant="default"
            loading={people.isFetchingNextPage}
            onClick={() => void people.fetchNextPage()}
          >
            {t("action.more", { ns: "shared" })}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Who works here, as what, and who is asked in. */
export function PeoplePage() {
  const { t } = useTranslation("settings");
  const { admin, owner } = useRights();
  const [isInviting, inviting] = useDisclosure();
  const [heir, setHeir] = useState<Person>();
  return (
    <>
      {admin ? (
        <div className={css.actions}>
          <Button leftSection={<IconUserPlus size={16} />} onClick={inviting.open}>
            {t("people.invite")}
          </Button>
        </div>
      ) : (
        <Note>{t("people.onlyAdmins")}</Note>
      )}
      {admin && !owner && <Note>{t("people.onlyOwners")}</Note>}
      {owner && <Note>{t("people.ownerRule")}</Note>}
      <People onHandOver={setHeir} />
      {admin && <Invitations />}
      <InviteDrawer opened={isInviting} onClose={inviting.close} />
      <HandOverModal person={heir} onClose={() => setHeir(undefined)} />
    </>
  );
}
