import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { LostPage } from "@/app/LostPage";
import { Crash } from "@/app/Crash";
import {
  ConfirmRoute,
  ForgottenRoute,
  InvitationRoute,
  LoginRoute,
  MustAddRoute,
  RegisterRoute,
  ResetRoute,
  VerifyRoute,
} from "@/app/doors";
import { MorePage } from "@/app/shell/MorePage";
import { Shell } from "@/app/shell/Shell";
import { currentSession } from "@/shared/auth/session";
import { preferences } from "@/shared/preferences/preferences";
import { PageSkeleton } from "@/shared/ui/Skeletons";

/** Filters stand in the address as plain words, so that a view can be sent to a colleague. */
export type Search = Record<string, string | undefined>;

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: LostPage,
  validateSearch: (search: Search): Search => search,
});

/** Pages before the door; all but the first three are where the links of our mails lead. */
const doors = [
  createRoute({ getParentRoute: () => root, path: "/login", component: LoginRoute }),
  createRoute({ getParentRoute: () => root, path: "/register", component: RegisterRoute }),
  createRoute({ getParentRoute: () => root, path: "/forgotten-password", component: ForgottenRoute }),
  createRoute({ getParentRoute: () => root, path: "/reset-password", component: ResetRoute }),
  createRoute({ getParentRoute: () => root, path: "/verify-email", component: VerifyRoute }),
  createRoute({ getParentRoute: () => root, path: "/confirm-email", component: ConfirmRoute }),
  createRoute({ getParentRoute: () => root, path: "/invitation", component: InvitationRoute }),
  createRoute({
    getParentRoute: () => root,
    path: "/second-factor",
    component: MustAddRoute,
    beforeLoad: () => {
      if (currentSession().status !== "signedIn") throw redirect({ to: "/login" });
    },
  }),
];

const office = createRoute({
  getParentRoute: () => root,
  id: "office",
  component: Shell,
  notFoundComponent: LostPage,
  beforeLoad: ({ location }) => {
    const session = currentSession();
    const next = location.href === "/" ? undefined : location.href;
    if (session.status !== "signedIn") throw redirect({ to: "/login", search: { next } });
    if (session.user.must_add_second_factor) throw redirect({ to: "/second-factor", search: { next } });
  },
});

const home = createRoute({
  getParentRoute: () => office,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: `/${preferences().startPage ?? "today"}` });
  },
});
const more = createRoute({ getParentRoute: () => office, path: "/more", component: MorePage });
const inboxPage = lazyRouteComponent(() => import("@/features/orders/components/InboxPage"), "InboxPage");
const inbox = createRoute({ getParentRoute: () => office, path: "/inbox", component: inboxPage });
const order = createRoute({ getParentRoute: () => office, path: "/inbox/$orderId", component: inboxPage });
const listings = createRoute({
  getParentRoute: () => office,
  path: "/listings",
  component: lazyRouteComponent(() => import("@/features/listings/components/ListingsPage"), "ListingsPage"),
});
const newListing = createRoute({
  getParentRoute: () => office,
  path: "/listings/new",
  component: lazyRouteComponent(
    () => import("@/features/listings/components/NewListingPage"),
    "NewListingPage",
  ),
});
const listing = createRoute({
  getParentRoute: () => office,
  path: "/listings/$listingId",
  component: lazyRouteComponent(() => import("@/features/listings/components/ProductPage"), "ProductPage"),
});
const properties = createRoute({
  getParentRoute: () => office,
  path: "/properties",
  component: lazyRouteComponent(
    () => import("@/features/properties/components/PropertiesPage"),
    "PropertiesPage",
  ),
});
const newProperty = createRoute({
  getParentRoute: () => office,
  path: "/properties/new",
  component: lazyRouteComponent(
    () => import("@/features/properties/components/NewPropertyPage"),
    "NewPropertyPage",
  ),
});
const property = createRoute({
  getParentRoute: () => office,
  path: "/properties/$propertyId",
  component: lazyRouteComponent(
    () => import("@/features/properties/components/PropertyPage"),
    "PropertyPage",
  ),
});
const enquiriesPage = lazyRouteComponent(
  () => import("@/features/enquiries/components/EnquiriesPage"),
  "EnquiriesPage",
);
const enquiries = createRoute({ getParentRoute: () => office, path: "/enquiries", component: enquiriesPage });
const enquiry = createRoute({
  getParentRoute: () => office,
  path: "/enquiries/$enquiryId",
  component: enquiriesPage,
});
const today = createRoute({
  getParentRoute: () => office,
  path: "/today",
  component: lazyRouteComponent(() => import("@/features/today/components/TodayPage"), "TodayPage"),
});
const publish = createRoute({
  getParentRoute: () => office,
  path: "/publish",
  component: lazyRouteComponent(() => import("@/features/publishing/components/PublishPage"), "PublishPage"),
});
const imports = createRoute({
  getParentRoute: () => office,
  path: "/imports",
  component: lazyRouteComponent(() => import("@/features/imports/components/ImportsPage"), "ImportsPage"),
});
const oneImport = createRoute({
  getParentRoute: () => office,
  path: "/imports/$importId",
  component: lazyRouteComponent(() => import("@/features/imports/components/ImportPage"), "ImportPage"),
});
const channels = createRoute({
  getParentRoute: () => office,
  path: "/channels",
  component: lazyRouteComponent(() => import("@/features/channels/components/ChannelsPage"), "ChannelsPage"),
});
const jobsPage = lazyRouteComponent(() => import("@/features/jobs/components/JobsPage"), "JobsPage");
const jobs = createRoute({ getParentRoute: () => office, path: "/jobs", component: jobsPage });
const job = createRoute({ getParentRoute: () => office, path: "/jobs/$jobId", component: jobsPage });
const states = createRoute({
  getParentRoute: () => office,
  path: "/states",
  component: lazyRouteComponent(() => import("@/features/states/components/StatesPage"), "StatesPage"),
});
const settings = createRoute({
  getParentRoute: () => office,
  path: "/settings",
  component: lazyRouteComponent(() => import("@/features/settings/components/SettingsPage"), "SettingsPage"),
});
const settingsPages = [
  createRoute({
    getParentRoute: () => settings,
    path: "/",
    component: lazyRouteComponent(
      () => import("@/features/settings/components/SettingsPage"),
      "SettingsHome",
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/profile",
    component: lazyRouteComponent(() => import("@/features/settings/components/ProfilePage"), "ProfilePage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/preferences",
    component: lazyRouteComponent(
      () => import("@/features/settings/components/PreferencesPage"),
      "PreferencesPage",
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/notifications",
    component: lazyRouteComponent(
      () => import("@/features/settings/components/NotificationsPage"),
      "NotificationsPage",
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/security",
    component: lazyRouteComponent(
      () => import("@/features/settings/components/SecurityPage"),
      "SecurityPage",
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/people",
    component: lazyRouteComponent(() => import("@/features/settings/components/PeoplePage"), "PeoplePage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/business",
    component: lazyRouteComponent(
      () => import("@/features/settings/components/BusinessPage"),
      "BusinessPage",
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/api-keys",
    component: lazyRouteComponent(() => import("@/features/settings/components/KeysPage"), "KeysPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/webhooks",
    component: lazyRouteComponent(
      () => import("@/features/settings/components/WebhooksPage"),
      "WebhooksPage",
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/audit",
    component: lazyRouteComponent(() => import("@/features/settings/components/AuditPage"), "AuditPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/privacy",
    component: lazyRouteComponent(() => import("@/features/settings/components/PrivacyPage"), "PrivacyPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/mails",
    component: lazyRouteComponent(() => import("@/features/settings/components/MailsPage"), "MailsPage"),
  }),
];

const tree = root.addChildren([
  ...doors,
  office.addChildren([
    home,
    today,
    publish,
    inbox,
    order,
    listings,
    newListing,
    listing,
    properties,
    newProperty,
    property,
    enquiries,
    enquiry,
    imports,
    oneImport,
    channels,
    jobs,
    job,
    more,
    states,
    settings.addChildren(settingsPages),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: Crash,
  defaultPendingMs: 150,
  scrollRestoration: true,
  parseSearch: (text): Search => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search: Search) => {
    const set = Object.entries(search).filter((entry): entry is [string, string] => Boolean(entry[1]));
    const text = new URLSearchParams(set).toString();
    return text && `?${text}`;
  },
});
