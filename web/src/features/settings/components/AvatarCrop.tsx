import { Button, Modal, Slider } from "@mantine/core";
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { keptPart, middle, moved, type Crop, type Size } from "@/features/settings/crop";
import { useSubmit } from "@/shared/forms/useSubmit";
import { Problem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Settings.module.css";

const viewEdge = 256;
const savedEdge = 512;
const keyStep = 16;

function cut(picture: HTMLImageElement, crop: Crop): Promise<Blob> {
  const { left, top, edge } = keptPart({ width: picture.naturalWidth, height: picture.naturalHeight }, crop);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = savedEdge;
  canvas.getContext("2d")?.drawImage(picture, left, top, edge, edge, 0, 0, savedEdge, savedEdge);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Problem("media.not_a_picture", 422, ""))),
      "image/png",
    ),
  );
}

/** Gives the file an address for as long as it is shown. */
function useAddress(file: Blob): string {
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(file);
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the address has to be given back by the same effect
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}

function Cropper({ file, onSave }: { file: Blob; onSave: (picture: Blob) => Promise<unknown> }) {
  const { t } = useTranslation("settings");
  const address = useAddress(file);
  const picture = useRef<HTMLImageElement>(null);
  const [size, setSize] = useState<Size>();
  const [isUnreadable, setUnreadable] = useState(false);
  const [crop, setCrop] = useState(middle);
  const { busy, problem, run } = useSubmit();
  const kept = size && keptPart(size, crop);
  const scale = kept ? viewEdge / kept.edge : 1;
  const move = (right: number, down: number) =>
    size && setCrop((before) => moved(size, before, right / scale, down / scale));

  function drag(event: PointerEvent) {
    if (event.buttons === 1) move(-event.movementX, -event.movementY);
  }
  function press(event: KeyboardEvent) {
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [-keyStep, 0],
      ArrowRight: [keyStep, 0],
      ArrowUp: [0, -keyStep],
      ArrowDown: [0, keyStep],
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    move(...step);
  }
  if (isUnreadable) return <ProblemNote problem={new Problem("media.not_a_picture", 422, "")} />;
  return (
    <div className={css.page}>
      {problem && <ProblemNote problem={problem} />}
      <div
        className={css.crop}
        role="group"
        aria-label={t("profile.cropMove")}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={press}
      >
        {address && (
          <img
            ref={picture}
            src={address}
            alt=""
            draggable={false}
            onError={() => setUnreadable(true)}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setSize({ width: naturalWidth, height: naturalHeight })
            }
            style={
              size && kept
                ? {
                    width: size.width * scale,
                    height: size.height * scale,
                    left: -kept.left * scale,
                    top: -kept.top * scale,
                  }
                : { visibility: "hidden" }
            }
          />
        )}
      </div>
      <Slider
        thumbLabel={t("profile.cropZoom")}
        label={null}
        min={1}
        max={4}
        step={0.05}
        value={crop.zoom}
        onChange={(zoom) => setCrop((before) => ({ ...before, zoom }))}
      />
      <Button
        loading={busy}
        disabled={!size}
        onClick={() => void run(async () => picture.current && onSave(await cut(picture.current, crop)))}
      >
        {t("profile.cropSave")}
      </Button>
    </div>
  );
}

interface Props {
  file: Blob | undefined;
  onClose: () => void;
  /** Throws what the server has against the picture. */
  onSave: (picture: Blob) => Promise<unknown>;
}

/** Which part of the picture stands for the person: drag or arrows move, the slider comes closer. */
export function AvatarCrop({ file, onClose, onSave }: Props) {
  const { t } = useTranslation("settings");
  return (
    <Modal
      opened={file !== undefined}
      onClose={onClose}
      title={t("profile.cropTitle")}
      size={400}
      closeButtonProps={{ "aria-label": t("close", { ns: "shared" }) }}
    >
      {file && <Cropper file={file} onSave={onSave} />}
    </Modal>
  );
}
