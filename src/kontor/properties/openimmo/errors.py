"""What keeps a package or a document from being read at all. What keeps one object from it is a `Skipped`."""

from __future__ import annotations

from kontor.core.errors import Invalid


class PackageRefused(Invalid):
    """Base: nothing is read from this file."""

    code, title = "openimmo.unreadable", "This file can't be read as an OpenImmo package"


class EmptyPackage(PackageRefused):
    """No bytes at all."""

    code, title = "openimmo.empty", "The file is empty"


class NotAPackage(PackageRefused):
    """Neither a ZIP archive nor an XML document."""

    code, title = "openimmo.not_a_package", "This is neither a ZIP archive nor an XML document"


class Damaged(PackageRefused):
    """An archive that breaks off or whose checksums don't hold; `params["name"]` says in which file."""

    code, title = "openimmo.damaged", "The archive is damaged: send it again"


class NoDocument(PackageRefused):
    """An archive without any XML file."""

    code, title = "openimmo.no_document", "The archive holds no XML file"


class Encrypted(PackageRefused):
    """Files behind a password; `params["name"]` is the first."""

    code, title = "openimmo.encrypted", "The archive is encrypted: pack it without a password"


class UnsafeName(PackageRefused):
    """A name that points out of the archive: absolute, with a drive, with `..`, or with control characters."""

    code, title = "openimmo.unsafe_name", "The archive holds a file whose name points outside of it"


class LinkInside(PackageRefused):
    """A symbolic link, a device or another thing that is no plain file."""

    code, title = "openimmo.link_inside", "The archive holds a link: only plain files are taken"


class UnknownCompression(PackageRefused):
    """Packed otherwise than stored or deflated; `params["name"]` is the first such file."""

    code, title = "openimmo.compression", "The archive is packed in a way that is not read: use plain ZIP"


class TooManyFiles(PackageRefused):
    """`params` carries `files` and `limit`."""

    code, title = "openimmo.too_many_files", "The archive holds too many files"


class PackageTooLarge(PackageRefused):
    """Unpacked it would be larger than is taken; `params` carries `bytes`, `limit`, and `name` where one file is meant."""

    code, title = "openimmo.too_large", "Unpacked, the archive is too large"


class Bomb(PackageRefused):
    """Packed more tightly than any real content is; `params` carries `name` and `ratio`."""

    code, title = "openimmo.bomb", "The archive unpacks to many times its size, and is not opened"


class DocumentRefused(PackageRefused):
    """Base: this document is not read (on); objects before the place are good. `params` carries `line`, if known."""

    code, title = "openimmo.document", "This XML document can't be read"


class NotOpenImmo(DocumentRefused):
    """Another kind of document; `params["root"]` is what it calls itself."""

    code, title = "openimmo.not_openimmo", "This XML document is not OpenImmo"


class NotWellFormed(DocumentRefused):
    """Broken or cut off XML; `params` carries `line`, `column` and the parser's `reason`."""

    code, title = "openimmo.not_well_formed", "The XML document is broken or breaks off"


class DeclaresTypes(DocumentRefused):
    """A document type declaration or entities: never needed, and the way to make a parser fetch or swell."""

    code, title = "openimmo.doctype", "XML documents with a DOCTYPE are not read"


class UnknownEncoding(DocumentRefused):
    """`params["encoding"]` is what the document declares."""

    code, title = "openimmo.encoding", "The XML document is written in an encoding that is not read"


class TooDeep(DocumentRefused):
    """Elements within elements beyond any real file; `params["limit"]` is the depth that is read."""

    code, title = "openimmo.too_deep", "The XML document nests too deeply"
