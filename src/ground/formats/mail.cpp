#include "formats/mail.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "gmime.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t longest_file_name = 200;
constexpr std::size_t longest_plain_line = 76;

bool holds_controls(std::string_view text) { return std::any_of(text.begin(), text.end(), base::is_control); }

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
}

/// One line of UTF-8.
bool is_line(std::string const& text) {
    return !holds_controls(text) && g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr) != 0;
}

/// What stands in brackets: `LEFT@RIGHT`, visible ASCII. Quoted local parts are not written.
bool is_mailbox(std::string_view text) {
    auto const at = text.rfind('@');
    bool const has_parts = at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.size() <= 254;
    return has_parts && std::all_of(text.begin(), text.end(), [](char c) {
               return c > ' ' && c < '\x7f' && std::string_view("<>\"(),:;\\").find(c) == std::string_view::npos;
           });
}

bool is_file_name(std::string const& name) {
    return !name.empty() && name.size() <= longest_file_name && is_line(name) && name.find('/') == std::string::npos &&
           name.find('\\') == std::string::npos;
}

bool is_type(std::string_view type) {
    auto const is_token = [](std::string_view part) {
        return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
            return base::is_letter(c) || base::is_digit(c) || c == '-' || c == '.' || c == '+';
        });
    };
    auto const slash = type.find('/');
    return slash != std::string_view::npos && is_token(type.substr(0, slash)) && is_token(type.substr(slash + 1));
}

std::string with_crlf(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

Gmime<GMimeFormatOptions> with_line_ends_of_mail() {
    Gmime<GMimeFormatOptions> options(g_mime_format_options_new());
    g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
    return options;
}

std::string written(GMimeObject* object) {
    return taken(g_mime_object_to_string(object, with_line_ends_of_mail().get()));
}

Gmime<GMimePart> part_of(std::string_view type, std::string_view bytes, GMimeContentEncoding encoding) {
    auto const slash = type.find('/');
    Gmime<GMimePart> part(g_mime_part_new_with_type(std::string(type.substr(0, slash)).c_str(),
                                                    std::string(type.substr(slash + 1)).c_str()));
    Gmime<GMimeDataWrapper> const content(
        g_mime_data_wrapper_new_with_stream(stream_over(bytes).get(), GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(part.get(), content.get());
    g_mime_part_set_content_encoding(part.get(), encoding);
    return part;
}

Gmime<GMimeMultipart> multipart_of(char const* subtype, std::string_view boundary) {
    Gmime<GMimeMultipart> out(g_mime_multipart_new_with_subtype(subtype));
    g_mime_multipart_set_boundary(out.get(), std::string(boundary).c_str());
    return out;
}

void add(GMimeMultipart* to, Gmime<GMimePart> const& part) {
    g_mime_multipart_add(to, reinterpret_cast<GMimeObject*>(part.get()));
}

/// Lines that a relay may alter (RFC 4155, "From "), or that are long, are encoded whole.
bool is_plain(std::string_view text) {
    if (!is_plain_ascii(text)) return false;
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        if (line.starts_with("From ") || line.size() > longest_plain_line || line.ends_with(' ')) return false;
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return true;
}

Gmime<GMimePart> text_part(MailBody const& body) {
    auto part = is_plain(body.text) ? part_of("text/plain", body.text, GMIME_CONTENT_ENCODING_7BIT)
                                    : part_of("text/plain", with_crlf(body.text), GMIME_CONTENT_ENCODING_BASE64);
    auto* const object = reinterpret_cast<GMimeObject*>(part.get());
    g_mime_object_set_content_type_parameter(object, "charset", "utf-8");
    g_mime_object_set_content_type_parameter(object, "format", "fixed");
    g_mime_object_set_header(object, "Content-Language", body.language.c_str(), nullptr);
    return part;
}

/// Left to itself, GMime looks for an older set of characters.
void tell_in_utf8(GMimeParamList* parameters, char const* name) {
    if (auto* const parameter = g_mime_param_list_get_parameter(parameters, name))
        g_mime_param_set_charset(parameter, "utf-8");
}

Gmime<GMimePart> attached(MailAttachment const& attachment) {
    auto part = part_of(attachment.type, attachment.bytes, GMIME_CONTENT_ENCODING_BASE64);
    g_mime_part_set_filename(part.get(), attachment.name.c_str());
    auto* const object = reinterpret_cast<GMimeObject*>(part.get());
    tell_in_utf8(g_mime_content_type_get_parameters(g_mime_object_get_content_type(object)), "name");
    tell_in_utf8(g_mime_content_disposition_get_parameters(g_mime_object_get_content_disposition(object)), "filename");
    return part;
}

/// Memory Hole / Protected Headers, as Thunderbird, K-9 and Mailpile read it.
void protect_subject(GMimeObject* object, MailBody const& body) {
    if (!body.subject) return;
    g_mime_object_set_content_type_parameter(object, "protected-headers", "v1");
    g_mime_object_append_header(object, "Subject", body.subject->c_str(), "utf-8");
}

base::Result<void> check(MailBody const& body) {
    if (g_utf8_validate(body.text.data(), static_cast<gssize>(body.text.size()), nullptr) == 0)
        return base::invalid("text", "is no UTF-8");
    bool const has_controls = std::any_of(body.text.begin(), body.text.end(), [](char c) {
        return (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == '\x7f';
    });
    if (has_controls) return base::invalid("text", "holds control characters");
    if (body.subject && !is_line(*body.subject))
        return base::invalid("subject", "holds control characters or is no UTF-8");
    for (std::size_t at = 0; at < body.attachments.size(); ++at) {
        auto const field = "attachments[" + std::to_string(at) + "]";
        if (!is_file_name(body.attachments[at].name)) return base::invalid(field + ".name", "is no name of a file");
        if (!is_type(body.attachments[at].type)) return base::invalid(field + ".type", "is no media type");
    }
    return {};
}

void set_address(GMimeMessage* message, GMimeAddressType type, MailAddress const& address) {
    Gmime<InternetAddress> const mailbox(
        internet_address_mailbox_new(address.name.empty() ? nullptr : address.name.c_str(), address.address.c_str()));
    internet_address_set_charset(mailbox.get(), "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox.get());
}

base::Result<void> check(MailHeader const& header) {
    for (auto const& [field, address] : {std::pair("from", &header.from), std::pair("to", &header.to)}) {
        if (!is_mailbox(address->address)) return base::invalid(std::string(field) + ".address", "is no mail address");
        if (!is_line(address->name))
            return base::invalid(std::string(field) + ".name", "holds control characters or is no UTF-8");
    }
    if (header.subject.empty()) return base::invalid("subject", "is empty");
    if (!is_line(header.subject)) return base::invalid("subject", "holds control characters or is no UTF-8");
    if (!is_mailbox(header.message_id)) return base::invalid("message_id", "is no identity of a mail");
    if (header.in_reply_to && !is_mailbox(*header.in_reply_to))
        return base::invalid("in_reply_to", "is no identity of a mail");
    return {};
}

}  // namespace

base::Result<std::string> mail_entity(MailBody const& body, std::string_view boundary) {
    start_gmime();
    if (auto const checked = check(body); !checked) return checked.error();
    auto const text = text_part(body);
    if (body.attachments.empty()) {
        protect_subject(reinterpret_cast<GMimeObject*>(text.get()), body);
        return written(reinterpret_cast<GMimeObject*>(text.get()));
    }
    auto const all = multipart_of("mixed", boundary);
    protect_subject(reinterpret_cast<GMimeObject*>(all.get()), body);
    add(all.get(), text);
    for (auto const& attachment : body.attachments) add(all.get(), attached(attachment));
    return written(reinterpret_cast<GMimeObject*>(all.get()));
}

std::string pgp_signed_entity(std::string_view entity, std::string_view armoured, std::string_view digest,
                              std::string_view boundary) {
    // By hand: what was signed stands here to the byte.
    std::string const line = "--" + std::string(boundary);
    std::string out = "Content-Type: multipart/signed; micalg=" + std::string(digest) +
                      ";\r\n\tprotocol=\"application/pgp-signature\"; boundary=\"" + std::string(boundary) +
                      "\"\r\n\r\n";
    out += line + "\r\n" + std::string(entity) + "\r\n" + line +
           "\r\nContent-Type: application/pgp-signature; name=\"signature.asc\"\r\n\r\n";
    return out + with_crlf(armoured) + "\r\n" + line + "--\r\n";
}

std::string pgp_encrypted_entity(std::string_view armoured, std::string_view boundary) {
    start_gmime();
    auto const all = multipart_of("encrypted", boundary);
    g_mime_object_set_content_type_parameter(reinterpret_cast<GMimeObject*>(all.get()), "protocol",
                                             "application/pgp-encrypted");
    add(all.get(), part_of("application/pgp-encrypted", "Version: 1\n", GMIME_CONTENT_ENCODING_7BIT));
    auto const sealed = part_of("application/octet-stream", armoured, GMIME_CONTENT_ENCODING_7BIT);
    g_mime_object_set_disposition(reinterpret_cast<GMimeObject*>(sealed.get()), "inline");
    g_mime_part_set_filename(sealed.get(), "encrypted.asc");
    add(all.get(), sealed);
    return written(reinterpret_cast<GMimeObject*>(all.get()));
}

std::string smime_entity(SmimeType type, std::string_view der) {
    start_gmime();
    auto const part = part_of("application/pkcs7-mime", der, GMIME_CONTENT_ENCODING_BASE64);
    auto* const object = reinterpret_cast<GMimeObject*>(part.get());
    g_mime_object_set_content_type_parameter(object, "smime-type",
                                             type == SmimeType::signed_data ? "signed-data" : "enveloped-data");
    g_mime_part_set_filename(part.get(), "smime.p7m");
    return written(object);
}

base::Result<std::string> mail(MailHeader const& header, std::string_view entity) {
    start_gmime();
    if (auto const checked = check(header); !checked) return checked.error();
    Gmime<GMimeMessage> const message(g_mime_message_new(1));
    set_address(message.get(), GMIME_ADDRESS_TYPE_FROM, header.from);
    set_address(message.get(), GMIME_ADDRESS_TYPE_TO, header.to);
    g_mime_message_set_subject(message.get(), header.subject.c_str(), "utf-8");
    std::unique_ptr<GDateTime, void (*)(GDateTime*)> const date(
        g_date_time_new_from_unix_utc(base::to_microseconds(header.date) / 1'000'000), g_date_time_unref);
    base::must(date != nullptr, "a mail is written within the years that calendars know");
    g_mime_message_set_date(message.get(), date.get());
    g_mime_message_set_message_id(message.get(), header.message_id.c_str());
    auto* const object = reinterpret_cast<GMimeObject*>(message.get());
    if (header.in_reply_to) {
        auto const told = "<" + *header.in_reply_to + ">";
        g_mime_object_set_header(object, "In-Reply-To", told.c_str(), nullptr);
        g_mime_object_set_header(object, "References", told.c_str(), nullptr);
    }
    if (header.author == MailAuthor::program)
        g_mime_object_set_header(object, "Auto-Submitted", "auto-generated", nullptr);
    g_mime_object_set_header(object, "MIME-Version", "1.0", nullptr);
    auto out = taken(g_mime_object_get_headers(object, with_line_ends_of_mail().get()));
    return out.append(entity);
}

}  // namespace kula::formats
