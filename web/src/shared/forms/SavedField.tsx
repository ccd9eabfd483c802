import { Autocomplete, MultiSelect, Select, Textarea, TextInput, type SelectProps } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { ProblemDetail } from "@/shared/problems/problem";
import { FieldProblem } from "@/shared/problems/FieldProblem";

export interface SavedProps {
  /** Name of the field in problems and addresses, e.g. `aspect:Marke`. */
  field: string;
  label: string;
  value: string;
  /** Called on leaving the field, with a changed value only; a refusal keeps what was typed. */
  onSave: (value: string) => Promise<unknown>;
  description?: ReactNode;
  problems?: ProblemDetail[];
  maxLength?: number;
  disabled?: boolean;
}

/** What is typed stays in the field until the server has it; then the server's value shows. */
function useDraft(value: string, onSave: (value: string) => Promise<unknown>) {
  const [draft, setDraft] = useState<string>();
  const leave = (text = draft) => {
    if (text === undefined) return;
    if (text === value) return setDraft(undefined);
    onSave(text).then(
      () => setDraft(undefined),
      () => undefined,
    );
  };
  return { shown: draft ?? value, setDraft, leave };
}

function errorOf(problems: ProblemDetail[] | undefined): ReactNode {
  if (!problems || problems.length === 0) return undefined;
  return problems.map((problem) => (
    <FieldProblem key={problem.code + JSON.stringify(problem.params)} problem={problem} />
  ));
}

const order: ("label" | "input" | "description" | "error")[] = ["label", "input", "description", "error"];

interface TextProps extends SavedProps {
  /** Stands at the end of the field: a currency, square metres. */
  unit?: string;
  type?: "text" | "date";
  inputMode?: "decimal" | "numeric";
}

export function SavedText({
  field,
  label,
  value,
  onSave,
  description,
  problems,
  maxLength,
  disabled,
  unit,
  type,
  inputMode,
}: TextProps) {
  const { shown, setDraft, leave } = useDraft(value, onSave);
  return (
    <TextInput
      data-field={field}
      type={type}
      inputMode={inputMode}
      rightSection={unit && <span className="dim small nowrap">{unit}</span>}
      rightSectionWidth={unit && unit.length > 3 ? 92 : undefined}
      rightSectionPointerEvents="none"
      label={label}
      description={description}
      inputWrapperOrder={order}
      maxLength={maxLength}
      disabled={disabled}
      value={shown}
      error={errorOf(problems)}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => leave()}
      onKeyDown={(event) => event.key === "Enter" && leave()}
    />
  );
}

export function SavedTextarea({ field, label, value, onSave, description, problems, maxLength }: SavedProps) {
  const { shown, setDraft, leave } = useDraft(value, onSave);
  return (
    <Textarea
      data-field={field}
      label={label}
      description={description}
      inputWrapperOrder={order}
      maxLength={maxLength}
      autosize
      minRows={6}
      maxRows={24}
      value={shown}
      error={errorOf(problems)}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => leave()}
    />
  );
}

/** A text with suggestions; anything may be typed. */
export function SavedSuggest({
  field,
  label,
  value,
  onSave,
  description,
  problems,
  maxLength,
  data,
}: SavedProps & { data: string[] }) {
  const { shown, setDraft, leave } = useDraft(value, onSave);
  return (
    <Autocomplete
      data-field={field}
      label={label}
      description={description}
      inputWrapperOrder={order}
      maxLength={maxLength}
      data={data}
      limit={12}
      value={shown}
      error={errorOf(problems)}
      onChange={setDraft}
      onBlur={() => leave()}
      onOptionSubmit={(text) => leave(text)}
    />
  );
}

export function SavedSelect({
  field,
  label,
  value,
  onSave,
  description,
  problems,
  data,
  clearable,
}: SavedProps & Pick<SelectProps, "data" | "clearable">) {
  const { shown, setDraft, leave } = useDraft(value, onSave);
  return (
    <Select
      data-field={field}
      label={label}
      description={description}
      inputWrapperOrder={order}
      clearable={clearable}
      allowDeselect={false}
      data={data}
      value={shown || null}
      error={errorOf(problems)}
      onChange={(next) => {
        setDraft(next ?? "");
        leave(next ?? "");
      }}
    />
  );
}

interface SeveralProps extends Omit<SavedProps, "value" | "onSave"> {
  value: string[];
  onSave: (value: string[]) => Promise<unknown>;
  data: { value: string; label: string }[];
}

/** Several words from a list; each pick is kept at once. */
export function SavedSeveral({ field, label, value, onSave, description, problems, data }: SeveralProps) {
  const [draft, setDraft] = useState<string[]>();
  return (
    <MultiSelect
      data-field={field}
      label={label}
      description={description}
      inputWrapperOrder={order}
      clearable
      data={data}
      value={draft ?? value}
      error={errorOf(problems)}
      onChange={(next) => {
        setDraft(next);
        onSave(next).then(
          () => setDraft(undefined),
          () => undefined,
        );
      }}
    />
  );
}
