import type { PropertyOut } from "@/api/types.gen";
import { lists } from "@/features/properties/choices";
import { usePropertyWords } from "@/features/properties/usePropertyWords";
import { FieldProblem } from "@/shared/problems/FieldProblem";
import css from "./Property.module.css";

interface Props {
  property: PropertyOut;
  onSave: (path: string, value: unknown) => Promise<unknown>;
}

const path = "energy.energy_class";

/** The scale from A+ to H; a press on the class that is chosen takes it away. */
export function EnergyScale({ property, onSave }: Props) {
  const words = usePropertyWords();
  const now = property.energy?.energy_class ?? "";
  const problems = property.problems.filter((problem) => problem.field === path);
  // A refusal is told above the sheet; the scale shows what the server has.
  const choose = (one: string) => void onSave(path, one === now ? null : one).catch(() => undefined);
  return (
    <fieldset className={css.scale} data-field={path}>
      <legend>{words.field(path)}</legend>
      <div>
        {lists.energyClass.map((one) => (
          <button key={one} type="button" aria-pressed={one === now} onClick={() => choose(one)}>
            {one}
          </button>
        ))}
      </div>
      {problems.map((problem) => (
        <FieldProblem key={problem.code} problem={problem} />
      ))}
    </fieldset>
  );
}
