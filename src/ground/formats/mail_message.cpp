#include "formats/mail_message.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/ascii.hpp"
#include "base/descriptor.hpp"
#include "gmime.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t bytes_at_once = 64 * 1024;
constexpr std::size_t most_boundaries = 20'000;
constexpr std::size_t longest_head = 10'000;  ///< Lines, one behind the other.

std::string utf8(char const* text) { return text == nullptr ? std::string() : taken(g_utf8_make_valid(text, -1)); }

/// Counts what costs memory when it is taken apart: lines that may part parts, and lines of heads.
class Weighing {
public:
    /// False where it is too much.
    bool add(std::string_view bytes) {
        for (char const c : bytes) {
            if (c == '\n') {
                if (!end_line()) return false;
            } else if (line_.size() < longest_name) {
                line_.push_back(c);
            }
        }
        return true;
    }

private:
    static constexpr std::size_t longest_name = 80;

    bool end_line() {
        if (line_.starts_with("--")) ++boundaries_;
        auto const name = line_.substr(0, line_.find(':'));
        bool is_field = name.size() < line_.size() && !name.empty() && base::is_letter(name.front());
        for (char const c : name) is_field = is_field && (base::is_letter(c) || base::is_digit(c) || c == '-');
        bool const goes_on = line_.starts_with(' ') || line_.starts_with('\t');
        fields_ = is_field || (goes_on && fields_ > 0) ? fields_ + 1 : 0;
        line_.clear();
        return boundaries_ <= most_boundaries && fields_ <= longest_head;
    }

    std::string line_{};
    std::size_t boundaries_ = 0;
    std::size_t fields_ = 0;
};

/// Where the mail begins, behind what stands in front of it.
std::size_t beginning_of(std::string_view text) {
    std::size_t begin = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
    begin = std::min(text.find_first_not_of("\r\n", begin), text.size());
    if (text.substr(begin).starts_with("From ")) begin = std::min(text.find('\n', begin), text.size() - 1) + 1;
    return begin;
}

/// Reads it once, to know what it would cost.
base::Result<std::size_t> weighed(int file, std::string const& path) {
    Weighing weighing;
    std::string buffer(bytes_at_once, '\0');
    std::size_t begin = 0;
    for (std::uint64_t total = 0;;) {
        auto const count = ::read(file, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return base::unavailable(fmt::format("{}: {}", path, std::strerror(errno)));
        if (count == 0) return begin;
        std::string_view const piece(buffer.data(), static_cast<std::size_t>(count));
        if (total == 0) begin = beginning_of(piece);
        total += piece.size();
        if (total > MailMessage::longest) return base::invalid("it is a mail longer than 64 MiB");
        if (!weighing.add(piece)) return base::invalid("its head, or its parts, have far more lines than a mail's");
    }
}

std::string_view in_words(GMimeParserWarning warning) {
    switch (warning) {
        case GMIME_WARN_TRUNCATED_MESSAGE: return "the mail breaks off";
        case GMIME_WARN_MALFORMED_MULTIPART:
        case GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY: return "a multipart in the mail has no parts";
        case GMIME_WARN_MALFORMED_MESSAGE: return "a mail in the mail is none";
        case GMIME_CRIT_INVALID_HEADER_NAME: return "the mail's head is broken";
        case GMIME_CRIT_NESTING_OVERFLOW: return "the mail is nested too deeply";
        default: return {};
    }
}

void note_fault(gint64 /*offset*/, GMimeParserWarning warning, gchar const* /*item*/, gpointer fault) {
    auto const words = in_words(warning);
    auto& first = *static_cast<std::optional<std::string>*>(fault);
    if (!words.empty() && !first) first.emplace(words);
}

struct FreeOptions {
    void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};

/// A charset's text as UTF-8 on the way out; null where there is nothing to do, or it is not known.
Gmime<GMimeFilter> filter_for(GMimeObject* part) {
    auto* const type = g_mime_object_get_content_type(part);
    auto const* const told = g_mime_content_type_get_parameter(type, "charset");
    if (!g_mime_content_type_is_type(type, "text", "*") || told == nullptr) return nullptr;
    auto const charset = base::lower_case(told);
    if (charset == "utf-8" || charset == "us-ascii") return nullptr;
    return Gmime<GMimeFilter>(g_mime_filter_charset_new(told, "utf-8"));
}

/// As it was before it was encoded; null of a part without content.
Gmime<GMimeStream> decoded(GMimeObject* object) {
    if (GMIME_IS_MESSAGE_PART(object)) {
        auto* const message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        if (message == nullptr) return nullptr;
        Gmime<GMimeStream> out(g_mime_stream_mem_new());
        g_mime_object_write_to_stream(GMIME_OBJECT(message), nullptr, out.get());
        g_mime_stream_reset(out.get());
        return out;
    }
    auto* const content = GMIME_IS_PART(object) ? g_mime_part_get_content(GMIME_PART(object)) : nullptr;
    if (content == nullptr) return nullptr;
    auto* const raw = g_mime_data_wrapper_get_stream(content);
    g_mime_stream_reset(raw);
    Gmime<GMimeStream> out(g_mime_stream_filter_new(raw));
    Gmime<GMimeFilter> const decoding(g_mime_filter_basic_new(g_mime_data_wrapper_get_encoding(content), FALSE));
    g_mime_stream_filter_add(GMIME_STREAM_FILTER(out.get()), decoding.get());
    if (auto const charset = filter_for(object))
        g_mime_stream_filter_add(GMIME_STREAM_FILTER(out.get()), charset.get());
    return out;
}

}  // namespace

/// The message and its leaves, which live as long as it.
struct MailMessage::Tree {
    Gmime<GMimeMessage> message{};
    std::vector<GMimeObject*> leaves{};
    std::vector<Part> parts{};
    std::optional<std::string> fault{};

    void take(GMimeObject* object, bool is_encrypted, int depth) {
        if (object == nullptr) return;
        if (parts.size() == most_parts || depth > deepest) {
            if (!fault) fault = "the mail holds more parts than are taken";
            return;
        }
        if (GMIME_IS_MULTIPART(object)) {
            bool const is_sealed = is_encrypted || GMIME_IS_MULTIPART_ENCRYPTED(object);
            auto* const several = GMIME_MULTIPART(object);
            for (int at = 0; at < g_mime_multipart_get_count(several); ++at)
                take(g_mime_multipart_get_part(several, at), is_sealed, depth + 1);
            return;
        }
        auto* const type = g_mime_object_get_content_type(object);
        Part part;
        if (GMIME_IS_PART(object)) part.name = utf8(g_mime_part_get_filename(GMIME_PART(object)));
        part.media_type = base::lower_case(taken(g_mime_content_type_get_mime_type(type)));
        auto const* const disposition = g_mime_object_get_disposition(object);
        part.is_attached =
            !part.name.empty() || (disposition != nullptr && base::lower_case(disposition) == "attachment");
        part.is_encrypted = is_encrypted;
        part.index = leaves.size();
        leaves.push_back(object);
        parts.push_back(std::move(part));
    }
};

MailMessage::MailMessage(std::unique_ptr<Tree> tree)
    : tree_(std::move(tree)), parts_(std::move(tree_->parts)), fault_(std::move(tree_->fault)) {}
MailMessage::~MailMessage() = default;
MailMessage::MailMessage(MailMessage&&) noexcept = default;

base::Result<MailMessage> MailMessage::open(std::filesystem::path const& path) {
    start_gmime();
    base::Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) return base::unavailable(fmt::format("{}: {}", path.string(), std::strerror(errno)));
    auto const begin = weighed(file.number(), path.string());
    if (!begin) return begin.error();
    // The parts' contents are read from the file when they are asked for.
    auto const own = ::fcntl(file.number(), F_DUPFD_CLOEXEC, 0);
    if (own < 0) return base::unavailable(fmt::format("{}: {}", path.string(), std::strerror(errno)));
    Gmime<GMimeStream> const stream(g_mime_stream_fs_new_with_bounds(own, static_cast<gint64>(*begin), -1));
    Gmime<GMimeParser> const parser(g_mime_parser_new_with_stream(stream.get()));
    g_mime_parser_set_persist_stream(parser.get(), TRUE);
    auto tree = std::make_unique<Tree>();
    std::unique_ptr<GMimeParserOptions, FreeOptions> const options(g_mime_parser_options_new());
    g_mime_parser_options_set_warning_callback(options.get(), note_fault, &tree->fault);
    tree->message.reset(g_mime_parser_construct_message(parser.get(), options.get()));
    if (!tree->message) return base::invalid("it is no mail");
    tree->take(g_mime_message_get_mime_part(tree->message.get()), false, 0);
    return MailMessage(std::move(tree));
}

std::optional<std::string> MailMessage::header(std::string_view name) const {
    auto const* const raw = g_mime_object_get_header(GMIME_OBJECT(tree_->message.get()), std::string(name).c_str());
    if (raw == nullptr) return std::nullopt;
    return utf8(Gmime<char>(g_mime_utils_header_decode_text(nullptr, raw)).get());
}

base::Result<void> MailMessage::read(
    Part const& part, std::function<base::Result<void>(std::span<std::byte const> piece)> const& take) const {
    auto const stream = decoded(tree_->leaves.at(part.index));
    if (!stream) return {};
    std::array<char, bytes_at_once> buffer{};
    for (;;) {
        auto const count = g_mime_stream_read(stream.get(), buffer.data(), buffer.size());
        if (count < 0) return base::unavailable("the mail cannot be read any more");
        if (count == 0) return {};
        auto const taken_on = take(std::as_bytes(std::span(buffer)).first(static_cast<std::size_t>(count)));
        if (!taken_on) return taken_on.error();
    }
}

}  // namespace kula::formats
