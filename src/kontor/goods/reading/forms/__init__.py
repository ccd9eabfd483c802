"""How each shop's export says what belongs together."""

from kontor.goods.reading.fields import FileForm
from kontor.goods.reading.forms.base import Form, Identity, Reading
from kontor.goods.reading.forms.commercetools import CommercetoolsForm
from kontor.goods.reading.forms.ebay import EbayForm
from kontor.goods.reading.forms.etsy import EtsyForm
from kontor.goods.reading.forms.magento import MagentoForm
from kontor.goods.reading.forms.plain import PlainForm
from kontor.goods.reading.forms.shopify import ShopifyForm
from kontor.goods.reading.forms.shopware import ShopwareForm
from kontor.goods.reading.forms.wix import WixForm
from kontor.goods.reading.forms.woocommerce import WooCommerceForm
from kontor.goods.reading.mapping import Mapping
from kontor.goods.reading.spool import Member

__all__ = ["Form", "Identity", "Member", "Reading", "form_of"]

_FORMS: dict[FileForm, type[Form]] = {
    FileForm.PLAIN: PlainForm,
    FileForm.SHOPIFY: ShopifyForm,
    FileForm.WOOCOMMERCE: WooCommerceForm,
    FileForm.MAGENTO: MagentoForm,
    FileForm.SHOPWARE: ShopwareForm,
    FileForm.EBAY: EbayForm,
    FileForm.COMMERCETOOLS: CommercetoolsForm,
    FileForm.ETSY: EtsyForm,
    FileForm.WIX: WixForm,
}


def form_of(mapping: Mapping) -> Form:
    """The form that the mapping says the file has."""
    return _FORMS[mapping.form](mapping)
