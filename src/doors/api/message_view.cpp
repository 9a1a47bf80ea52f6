#include "message_view.hpp"

#include "notify/composer.hpp"

namespace kula::api {
namespace {

Json number_or_null(std::optional<std::int64_t> number) { return number ? Json(*number) : Json(nullptr); }

Json attempt_json(notify::Attempt const& attempt) {
    return {{"number", attempt.number},
            {"at", time(attempt.at)},
            {"outcome", attempt.outcome},
            {"code", number_or_null(attempt.code)},
            {"answer", or_null(attempt.answer)}};
}

}  // namespace

Json MessageView::summary(notify::Message const& message) const {
    return {{"id", message.id.text()},
            {"ticket", message.ticket},
            {"channel", notify::to_text(message.channel)},
            {"organisation", organisations_.reference(message.organisation)},
            {"contact", message.contact},
            {"role", message.role},
            {"address", message.address},
            {"subject", message.subject},
            {"tlp", base::to_text(message.record.marking.tlp)},
            {"pap", base::to_text(message.record.marking.pap)},
            {"state", notify::to_text(message.state)},
            {"reason", or_null(message.reason)},
            {"attempts", message.attempts},
            {"repeats", message.repeats},
            {"next_at", message.state == notify::MessageState::waiting ? time(message.next_at) : Json(nullptr)},
            {"expires_at", time(message.expires_at)},
            {"sent_at", time_or_null(message.sent_at)},
            {"answer", or_null(message.answer)},
            {"written_at", time(message.record.created_at)},
            {"written_by", names_(message.record.created_by)}};
}

base::Result<Json> MessageView::whole(notify::Message const& message) const {
    auto const letter = outbox_.letter(message.id);
    if (!letter) return letter.error();
    auto const decisions = gate_.decisions(letter->about());
    if (!decisions) return decisions.error();
    auto const attempts = outbox_.attempts(message.id);
    if (!attempts) return attempts.error();
    auto json = summary(message);
    json["message_id"] = message.message_id;
    json["text"] = letter->text;
    json["language"] = letter->language;
    json["attachments"] = Json::array();
    for (auto const& file : letter->attachments)
        json["attachments"].push_back({{"name", file.name}, {"type", file.type}, {"bytes", count(file.bytes.size())}});
    json["decisions"] = Json::array();
    for (auto const& decision : *decisions) {
        json["decisions"].push_back({{"at", time(decision.at)},
                                     {"verdict", release::to_text(decision.decision.verdict)},
                                     {"reason", release::to_text(decision.decision.reason)},
                                     {"form", release::to_text(decision.decision.form)},
                                     {"address", decision.address},
                                     {"addressed", release::to_text(decision.addressed)},
                                     {"key_fingerprint", or_null(decision.key_fingerprint)}});
    }
    json["history"] = Json::array();
    for (auto const& attempt : *attempts) json["history"].push_back(attempt_json(attempt));
    return json;
}

Json MessageView::page(notify::MessagePage const& page) const {
    Json items = Json::array();
    for (auto const& message : page.items) items.push_back(summary(message));
    Json states = Json::object();
    for (auto const& [state, number] : page.states) states[std::string(notify::to_text(state))] = count(number);
    return {{"items", std::move(items)},
            {"next", or_null(page.next)},
            {"total", count(page.total)},
            {"states", std::move(states)},
            {"mail_from", or_null(mail_from_)}};
}

Json MessageView::preview(notify::Letter const& letter, std::vector<notify::Foretold> const& foretold) const {
    Json items = Json::array();
    for (auto const& [addressee, decision, is_disabled] : foretold) {
        auto const* const key = release::Gate::key_of(addressee, decision.form);
        items.push_back({{"contact", addressee.contact.name},
                         {"role", addressee.contact.role},
                         {"address", addressee.contact.email.value_or("")},
                         {"addressed", release::to_text(addressee.addressed)},
                         {"verdict", release::to_text(decision.verdict)},
                         {"reason", release::to_text(decision.reason)},
                         {"form", release::to_text(decision.form)},
                         {"key_fingerprint", key == nullptr ? Json(nullptr) : Json(key->fingerprint)},
                         {"address_disabled", is_disabled}});
    }
    return {{"label", notify::label(letter.marking)}, {"mail_from", or_null(mail_from_)}, {"items", std::move(items)}};
}

}  // namespace kula::api
