import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18n from "i18next";
import { IconArrowBackUp } from "@tabler/icons-react";

/** Confirms what was done, with the way back where there is one. Errors are never told here. */
export function confirm(message: string, undo?: () => void): void {
  const id = notifications.show({
    withCloseButton: true,
    closeButtonProps: { "aria-label": i18n.t("close", { ns: "shared" }) },
    message: undo ? (
      <span className="row">
        <span className="grow">{message}</span>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconArrowBackUp size={14} />}
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {i18n.t("action.undo", { ns: "shared" })}
        </Button>
      </span>
    ) : (
      message
    ),
  });
}
