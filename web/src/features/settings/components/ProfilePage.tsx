import { Button, FileButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProfileEdit, ProfileOut } from "@/api/types.gen";
import { profileQuery, useChangeAvatar, useChangeProfile } from "@/features/settings/api/me";
import { Avatar } from "@/features/settings/components/Avatar";
import { AvatarCrop } from "@/features/settings/components/AvatarCrop";
import { EmailSection } from "@/features/settings/components/EmailSection";
import { LeaveSection } from "@/features/settings/components/LeaveSection";
import { Loaded } from "@/features/settings/components/Loaded";
import { Saved, savedAt, Section } from "@/features/settings/components/Section";
import { SavedText } from "@/shared/forms/SavedField";
import { asProblem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Settings.module.css";

const fields = [
  ["first_name", "firstName"],
  ["last_name", "lastName"],
  ["position", "position"],
  ["phone", "phone"],
] as const;

function PictureSection({ profile }: { profile: ProfileOut }) {
  const { t } = useTranslation("settings");
  const avatar = useChangeAvatar();
  const [file, setFile] = useState<File>();
  return (
    <Section title={t("profile.picture")}>
      {avatar.error && !file && <ProblemNote problem={avatar.error} />}
      <div className="row" style={{ gap: 16 }}>
        <Avatar name={profile.name || profile.email} url={profile.avatar_url} size={72} />
        <div className={css.actions}>
          <FileButton
            accept="image/jpeg,image/png,image/webp,image/gif"
            onChange={(chosen) => setFile(chosen ?? undefined)}
            inputProps={{ "aria-label": t("profile.choose") }}
          >
            {(props) => (
              <Button variant="default" {...props}>
                {t("profile.choose")}
              </Button>
            )}
          </FileButton>
          {profile.avatar_url && (
            <Button variant="subtle" loading={avatar.isPending} onClick={() => avatar.mutate(undefined)}>
              {t("profile.remove")}
            </Button>
          )}
        </div>
      </div>
      <AvatarCrop
        file={file}
        onClose={() => setFile(undefined)}
        onSave={async (picture) => {
          await avatar.mutateAsync(picture);
          setFile(undefined);
        }}
      />
    </Section>
  );
}

function NameSection({ profile }: { profile: ProfileOut }) {
  const { t } = useTranslation("settings");
  const change = useChangeProfile();
  const problem = change.error ? asProblem(change.error) : undefined;
  const at = (field: string) => problem?.problems.filter((detail) => detail.field === field) ?? [];
  const isAtField = fields.some(([field]) => at(field).length > 0);
  return (
    <Section title={t("profile.names")} aside={<Saved busy={change.isPending} at={savedAt(change)} />}>
      {problem && !isAtField && <ProblemNote problem={problem} />}
      <div className={css.two}>
        {fields.map(([field, word]) => (
          <SavedText
            key={field}
            field={field}
            label={t(`profile.${word}`)}
            value={profile[field]}
            problems={at(field)}
            onSave={(value) => change.mutateAsync({ [field]: value } as ProfileEdit)}
          />
        ))}
      </div>
    </Section>
  );
}

/** Who I am, as the others here see it. */
export function ProfilePage() {
  const profile = useQuery(profileQuery);
  return (
    <Loaded query={profile}>
      {(known) => (
        <>
          <PictureSection profile={known} />
          <NameSection profile={known} />
          <EmailSection profile={known} />
          <LeaveSection profile={known} />
        </>
      )}
    </Loaded>
  );
}
