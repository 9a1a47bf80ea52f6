#include "notify/letter.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "base/checks.hpp"
#include "base/text.hpp"
#include "hexadecimal.hpp"

namespace kula::notify {
namespace {

using Json = nlohmann::ordered_json;

bool holds_controls(std::string_view text, std::string_view but) {
    return std::any_of(text.begin(), text.end(),
                       [but](char c) { return base::is_control(c) && but.find(c) == std::string_view::npos; });
}

}  // namespace

std::string Letter::payload() const {
    Json files = Json::array();
    for (auto const& file : attachments)
        files.push_back({{"name", file.name}, {"type", file.type}, {"bytes", hexadecimal(file.bytes)}});
    return Json{{"id", id.text()},
                {"tlp", base::to_text(marking.tlp)},
                {"pap", base::to_text(marking.pap)},
                {"ticket", ticket},
                {"subject", subject},
                {"text", text},
                {"language", language},
                {"in_reply_to", in_reply_to ? Json(*in_reply_to) : Json(nullptr)},
                {"author", author == formats::MailAuthor::person ? "person" : "program"},
                {"attachments", std::move(files)}}
        .dump();
}

base::Result<Letter> Letter::parse(std::string_view payload) {
    auto const broken = base::invalid("is no letter");
    try {
        auto const json = Json::parse(payload);
        auto const id = MessageId::parse(json.at("id").get<std::string>());
        auto const tlp = base::parse_tlp(json.at("tlp").get<std::string>());
        auto const pap = base::parse_pap(json.at("pap").get<std::string>());
        if (!id || !tlp || !pap) return broken;
        Letter out{*id, {*tlp, *pap}};
        out.ticket = json.at("ticket").get<std::string>();
        out.subject = json.at("subject").get<std::string>();
        out.text = json.at("text").get<std::string>();
        out.language = json.at("language").get<std::string>();
        if (json.at("in_reply_to").is_string()) out.in_reply_to = json.at("in_reply_to").get<std::string>();
        out.author = json.at("author") == "person" ? formats::MailAuthor::person : formats::MailAuthor::program;
        for (auto const& file : json.at("attachments")) {
            auto bytes = from_hexadecimal(file.at("bytes").get<std::string>());
            if (!bytes) return broken;
            out.attachments.push_back(
                {file.at("name").get<std::string>(), file.at("type").get<std::string>(), std::move(*bytes)});
        }
        return out;
    } catch (nlohmann::json::exception const&) {
        return broken;
    }
}

base::Result<void> check(Letter const& letter) {
    base::Checks checks;
    checks.expect(!letter.subject.empty(), "subject", "is empty");
    checks.expect(letter.subject.size() <= longest_subject, "subject", "is longer than 200 bytes");
    checks.expect(!holds_controls(letter.subject, ""), "subject", "holds line breaks or other control characters");
    checks.expect(!letter.text.empty(), "text", "is empty");
    checks.expect(letter.text.size() <= longest_text, "text", "is longer than 256 KiB");
    checks.expect(!holds_controls(letter.text, "\n\t"), "text", "holds control characters");
    checks.expect(base::parse_language(letter.language).has_value(), "language", "must be mk, sq or en");
    std::size_t attached = 0;
    for (auto const& file : letter.attachments) attached += file.bytes.size();
    checks.expect(attached <= most_attached, "attachments", "are larger than 4 MiB together");
    if (auto const error = checks.error()) return *error;
    return {};
}

}  // namespace kula::notify
