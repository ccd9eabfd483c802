import { PasswordInput, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: ReactNode;
  help?: string;
  autoComplete: string;
}

const order: ("label" | "input" | "description" | "error")[] = ["label", "input", "error", "description"];

/** A required line of a form before the door. */
export function Line({ type, onChange, help, ...rest }: Props & { type?: "email" }) {
  return (
    <TextInput
      {...rest}
      size="md"
      type={type}
      description={help}
      inputWrapperOrder={order}
      required
      withAsterisk={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A password that can be looked at. */
export function Password({ onChange, help, ...rest }: Props) {
  const { t } = useTranslation("accounts");
  return (
    <PasswordInput
      {...rest}
      size="md"
      description={help}
      inputWrapperOrder={order}
      required
      withAsterisk={false}
      onChange={(event) => onChange(event.currentTarget.value)}
      visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
    />
  );
}
