import { MantineProvider } from "@mantine/core";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { LoginPage } from "@/features/accounts/components/LoginPage";
import { signOut } from "@/shared/auth/session";

const who = { user: { id: "u", email: "m@example.com", name: "M" }, tenant: { id: "t", name: "T" } };
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

function open(onSignedIn: () => void) {
  const root = createRootRoute({ component: () => <LoginPage onSignedIn={onSignedIn} /> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <MantineProvider>
      <RouterProvider router={router as never} />
    </MantineProvider>,
  );
}

async function typePassword() {
  fireEvent.change(await screen.findByLabelText("E-Mail"), { target: { value: "m@example.com" } });
  fireEvent.change(screen.getByLabelText("Kennwort"), { target: { value: "Salz und Segel" } });
  await userEvent.click(screen.getByRole("button", { name: "Anmelden" }));
}

afterEach(async () => {
  await signOut();
  vi.unstubAllGlobals();
});

/** Asks for the app's code, takes `492039`, and gives the challenge up after `tries` wrong ones. */
function server(tries: number) {
  let left = tries;
  vi.stubGlobal("fetch", async (input: string, init: RequestInit) => {
    if (input.endsWith("/login")) {
      const params = { challenge: "c1", methods: ["totp", "recovery"] };
      return json(401, { code: "login.second_factor", status: 401, params });
    }
    if (input.endsWith("/second-factor")) {
      const { code } = JSON.parse(String(init.body)) as { code: string };
      if (code === "492039") return json(200, { access_token: "one", ...who });
      left -= 1;
      return json(401, { code: left > 0 ? "second_factor.wrong" : "challenge.over", status: 401 });
    }
    return new Response(null, { status: 204 });
  });
}

it("asks for the second factor and goes on after a wrong code", async () => {
  server(5);
  const inside = vi.fn();
  open(inside);
  await typePassword();
  const code = await screen.findByLabelText("Code aus der App");
  await userEvent.type(code, "111111{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("Dieser zweite Faktor stimmt nicht");
  await userEvent.clear(code);
  await userEvent.type(code, "492039{Enter}");
  expect(inside).toHaveBeenCalledOnce();
});

it("goes back to the password when the challenge is used up, and keeps what was typed", async () => {
  server(1);
  open(vi.fn());
  await typePassword();
  await userEvent.type(await screen.findByLabelText("Code aus der App"), "111111{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("zu lange gedauert");
  expect(screen.getByLabelText("E-Mail")).toHaveValue("m@example.com");
});

it("offers the printed codes where the phone is lost", async () => {
  server(5);
  open(vi.fn());
  await typePassword();
  await userEvent.click(await screen.findByRole("button", { name: "Wiederherstellungscode nehmen" }));
  expect(screen.getByLabelText("Wiederherstellungscode")).toBeVisible();
});
