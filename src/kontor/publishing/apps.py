from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "kontor.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follows the catalogue, and shows in its lists what is where."""
        from django.db.models import Exists, OuterRef, Q

        from kontor.catalog import changes, listing_extras
        from kontor.channels.connections import changes as connection_changes
        from kontor.goods import shared
        from kontor.publishing import queries, service
        from kontor.publishing.models import Publication, State

        needs_a_hand = [State.REJECTED, State.LOGIN_NEEDED, State.IN_DOUBT, State.DIFFERS, State.ENDED]

        def on_channel(condition: Q) -> Q:
            return Q(Exists(Publication.objects.filter(condition, listing_id=OuterRef("id"))))

        changes.changed.append(service.listings_changed)
        shared.changed.append(service.shared_changed)
        connection_changes.changed.append(service.connection_changed)
        connection_changes.terms_changed.append(service.terms_changed)
        listing_extras.publications[:] = [queries.chips]
        listing_extras.filters["channel_state"] = lambda value: on_channel(Q(state=value))
        listing_extras.filters["connection"] = lambda value: on_channel(Q(connection_id=value))
        listing_extras.problems.append(lambda: on_channel(Q(state__in=needs_a_hand)))
        listing_extras.counts.append(queries.counts_by_state)
