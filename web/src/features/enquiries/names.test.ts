import { expect, it } from "vitest";
import type { ProspectOut } from "@/api/types.gen";
import { addressLines, adOf, nameOf } from "@/features/enquiries/names";

const nobody: ProspectOut = {
  salutation: "", first_name: "", last_name: "", company: "", email: "", phone: "", mobile: "", street: "",
  postal_code: "", city: "", country: "",
}; // prettier-ignore

it("calls a prospect by the best that is known", () => {
  expect(nameOf({ ...nobody, first_name: "Ole", last_name: "Boje", email: "o@example.org" })).toBe(
    "Ole Boje",
  );
  expect(nameOf({ ...nobody, company: "Boje KG", email: "o@example.org" })).toBe("Boje KG");
  expect(nameOf({ ...nobody, mobile: "0170 1" })).toBe("0170 1");
});

it("writes only the lines of an address that are known", () => {
  expect(addressLines({ ...nobody, last_name: "Boje", postal_code: "28195", city: "Bremen" })).toEqual([
    "Boje",
    "28195 Bremen",
  ]);
});

it("names an ad by its title, else by its address", () => {
  const about = { title: "", address: "Fährweg 12", own_reference: "HB-1", portal_reference: "77" };
  expect(adOf(about)).toBe("Fährweg 12 · HB-1");
  expect(adOf({ ...about, title: "Hell", own_reference: "" })).toBe("Hell · 77");
});
