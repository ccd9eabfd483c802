import { Autocomplete, Button, Select } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProblemDetail } from "@/shared/problems/problem";
import { conditions, usePutDefault } from "@/shared/goods/defaults";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./ProblemCard.module.css";

function allowedValues(params: Record<string, unknown> | undefined): string[] {
  const list = params?.allowed ?? params?.values;
  return Array.isArray(list) ? list.map(String) : [];
}

/** Sets a default for everything that lacks the value: for all goods, or for this brand. */
export function DefaultFix({ problem, brand }: { problem: ProblemDetail; brand?: string }) {
  const { t } = useTranslation("shared");
  const put = usePutDefault();
  const field = (problem.fix ?? "").replace(/^default:/, "");
  const isCondition = field === "condition";
  const [value, setValue] = useState("");
  const [scope, setScope] = useState<"tenant" | "brand">("tenant");
  const known = allowedValues(problem.params);
  const conditionChoices = conditions
    .filter((name) => known.length === 0 || known.includes(name))
    .map((name) => ({ value: name, label: t(`condition.${name}`) }));
  const apply = () =>
    put.mutate({ scope, scope_key: scope === "brand" ? brand : "", field, value: value.trim() });
  return (
    <>
      {put.isError && <ProblemNote problem={put.error} />}
      <div className={css.fix}>
        {isCondition ? (
          <Select
            size="xs"
            label={t("fix.value")}
            value={value || null}
            onChange={(next) => setValue(next ?? "")}
            data={conditionChoices}
          />
        ) : (
          <Autocomplete
            size="xs"
            label={t("fix.value")}
            value={value}
            onChange={setValue}
            data={known}
            maxLength={65}
          />
        )}
        {brand && (
          <Select
            size="xs"
            w={140}
            label={t("fix.scope")}
            allowDeselect={false}
            value={scope}
            onChange={(next) => setScope(next === "brand" ? "brand" : "tenant")}
            data={[
              { value: "tenant", label: t("fix.forAll") },
              { value: "brand", label: t("fix.forBrand", { brand }) },
            ]}
          />
        )}
        <Button
          size="xs"
          leftSection={<IconCheck size={14} />}
          disabled={!value.trim()}
          loading={put.isPending}
          onClick={apply}
        >
          {t("fix.apply")}
        </Button>
      </div>
    </>
  );
}
