#pragma once
/// @file
/// Writes Internet mail (RFC 5322) with MIME (RFC 2045 to 2049), and what is signed or encrypted wrapped for mail:
/// PGP/MIME (RFC 3156) and S/MIME (RFC 8551).
///
/// A mail is a header and one entity. An entity is bytes that begin with their own `Content-Type`; it can be signed and
/// encrypted, and what comes of it wrapped into the next one. Lines end in CR LF, 7 bits a byte, at most 998 a line.
/// GMime 3.2 does the work. Pure: the same values make the same bytes. Safe from any thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace kula::formats {

struct MailAddress {
    std::string name{};  ///< As people read it; may be empty.
    std::string address;
};

/// Whether a person wrote it (RFC 3834 §5): answering machines keep quiet otherwise.
enum class MailAuthor : std::uint8_t { person, program };

struct MailHeader {
    MailAddress from;
    MailAddress to;
    std::string subject;
    base::Instant date;        ///< To the second, told in UTC.
    std::string message_id{};  ///< `LEFT@RIGHT`, without brackets; so are the next two.
    std::optional<std::string> in_reply_to{};
    MailAuthor author = MailAuthor::person;
};

struct MailAttachment {
    std::string name;  ///< A file's name, without folders; at most 200 bytes.
    std::string type;  ///< `text/csv`; without parameters.
    std::string bytes;
};

struct MailBody {
    std::string text;                      ///< UTF-8, lines end in LF; shown as it is.
    std::string language;                  ///< RFC 5646: `mk`.
    std::optional<std::string> subject{};  ///< The mail's own, where the header outside does not tell it.
    std::vector<MailAttachment> attachments{};
};

/// Text, or text and attachments (`multipart/mixed`). `boundary`, 1 to 60 letters, digits and `-`, is to be one that
/// nobody can guess. A subject is told inside as mail programs expect it (`protected-headers="v1"`). `invalid` names
/// what holds control characters, is no UTF-8 or no name of a file.
base::Result<std::string> mail_entity(MailBody const& body, std::string_view boundary);
/// `multipart/signed` (RFC 3156 §5): the entity and its signature in armour; `digest` is the `micalg`, `pgp-sha512`.
std::string pgp_signed_entity(std::string_view entity, std::string_view armoured, std::string_view digest,
                              std::string_view boundary);
/// `multipart/encrypted` (RFC 3156 §4) around what GnuPG made, in armour.
std::string pgp_encrypted_entity(std::string_view armoured, std::string_view boundary);

enum class SmimeType : std::uint8_t { signed_data, enveloped_data };
/// `application/pkcs7-mime` (RFC 8551 §3.2) around what CMS made, DER.
std::string smime_entity(SmimeType type, std::string_view der);

/// The whole mail. `invalid` names what is empty, holds line breaks or other control characters, or is no address:
/// nothing that is told can add a header.
base::Result<std::string> mail(MailHeader const& header, std::string_view entity);

}  // namespace kula::formats
