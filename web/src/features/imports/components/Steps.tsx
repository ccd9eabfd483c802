import { Stepper } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** File, mapping, import, result. */
export function Steps({ active }: { active: number }) {
  const { t } = useTranslation("imports");
  return (
    <Stepper
      role="group"
      active={active}
      size="xs"
      iconSize={26}
      aria-label={t("steps.label")}
      allowNextStepsSelect={false}
    >
      {(["file", "mapping", "import", "result"] as const).map((step) => (
        <Stepper.Step key={step} label={t(`steps.${step}`)} component="div" />
      ))}
    </Stepper>
  );
}
