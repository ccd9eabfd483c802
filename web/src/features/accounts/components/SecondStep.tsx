import { useTranslation } from "react-i18next";
import { Door } from "@/features/accounts/components/Door";
import { isOver, type Demand } from "@/shared/auth/secondFactor";
import { SecondFactorForm } from "@/shared/auth/SecondFactorForm";
import { signInFurther, type SecondFactorAnswer } from "@/shared/auth/session";
import css from "./Door.module.css";

interface Props {
  demand: Demand;
  onSignedIn: () => void;
  /** Back to the password, with what made it necessary. */
  onAgain: (thrown?: unknown) => void;
}

/** The password was right; the second factor is still to come. */
export function SecondStep({ demand, onSignedIn, onAgain }: Props) {
  const { t } = useTranslation("accounts");
  async function answer(given: SecondFactorAnswer) {
    try {
      await signInFurther(given);
      onSignedIn();
    } catch (thrown) {
      if (!isOver(thrown)) throw thrown;
      onAgain(thrown);
    }
  }
  return (
    <Door title={t("second.title")} text={t("second.text")}>
      <SecondFactorForm demand={demand} onAnswer={answer} />
      <p className={css.links}>
        <button type="button" className={`link ${css.textButton}`} onClick={() => onAgain()}>
          {t("second.back")}
        </button>
      </p>
    </Door>
  );
}
