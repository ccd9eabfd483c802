import { Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { KeyCaps } from "@/app/shell/CommandBar";
import { SingleKeySwitch } from "@/app/shell/TenantMenu";
import { useAllCommands, useCommands, type CommandGroup } from "@/shared/commands/commands";
import css from "./KeyOverlay.module.css";

const groups: CommandGroup[] = ["page", "selection", "go", "app"];

/** All keys that act on this page, by `?`. */
export function KeyOverlay() {
  const { t } = useTranslation("app");
  const [opened, { open, close }] = useDisclosure();
  useCommands([{ id: "keys", group: "app", label: t("keys.title"), keys: "?", run: open }]);
  const commands = useAllCommands().filter((command) => command.keys);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("keys.title")}
      size={640}
      closeButtonProps={{ "aria-label": t("keys.close") }}
    >
      <div className={css.groups}>
        {groups.map((group) => {
          const mine = commands.filter((command) => command.group === group);
          if (mine.length === 0) return null;
          return (
            <section key={group}>
              <h3>{t(`command.${group}`)}</h3>
              <ul>
                {mine.map((command) => (
                  <li key={command.id}>
                    <span className="grow">{command.label}</span>
                    <KeyCaps keys={command.keys ?? ""} />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      <div className={css.switch}>
        <SingleKeySwitch />
      </div>
    </Modal>
  );
}
