#include <variant>

#include "fields.hpp"
#include "gate.hpp"
#include "message_view.hpp"
#include "notify/outbox.hpp"
#include "parameters.hpp"
#include "red_reads.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

constexpr std::size_t most_chosen = 50;  // roles, or addresses
constexpr std::size_t most_message_bytes = 2 * notify::longest_text;

/// What the routes of this noun share; all of it outlives the router.
struct Messages {
    notify::Outbox& outbox;
    MessageView const& view;
    RedReads& red;

    [[nodiscard]] net::Response answer(base::Result<notify::Message> const& message, Caller const& caller) const;
};

/// The entry in the trail that a read of TLP:RED leaves.
base::Result<void> account(Messages const& messages, Caller const& caller, std::vector<notify::Message> const& read) {
    std::vector<std::string> ids;
    for (auto const& message : read) {
        if (message.record.marking.tlp == base::Tlp::red) ids.push_back(message.id.text());
    }
    return messages.red.account(caller.actor, "message", ids);
}

net::Response Messages::answer(base::Result<notify::Message> const& message, Caller const& caller) const {
    if (!message) return refusal(message.error());
    if (auto const told = account(*this, caller, {*message}); !told) return refusal(told.error());
    auto const whole = view.whole(*message);
    return whole ? reply(*whole) : refusal(whole.error());
}

base::Result<notify::MessageId> message_in(net::Request const& request) {
    auto const id = notify::MessageId::parse(request.parameter("id"));
    if (!id) return base::not_found("no such message");
    return *id;
}

net::Response list(net::Request const& request, Caller const& caller, Messages const& messages) {
    Parameters parameters(request);
    notify::MessageQuery query;
    query.state = parameters.parsed("state", 20, "must be waiting, sending, sent, held, failed, bounced or cancelled",
                                    notify::parse_message_state);
    query.channel = parameters.parsed("channel", 20, "must be mail or webhook", notify::parse_channel);
    query.organisation =
        parameters.parsed("organisation", 36, "must be an organisation's id",
                          [](std::string const& text) { return registry::OrganisationId::parse(text); });
    auto const finding = parameters.parsed("finding", 36, "must be a finding's id",
                                           [](std::string const& text) { return base::Uuid::parse(text); });
    if (finding) query.topic = "finding:" + finding->text();
    query.cursor = parameters.cursor();
    query.limit = parameters.limit();
    query.clearance = caller.actor.clearance;
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const page = messages.outbox.list(query);
    if (!page) return refusal(page.error());
    if (auto const told = account(messages, caller, page->items); !told) return refusal(told.error());
    return reply(messages.view.page(*page));
}

std::variant<notify::Draft, net::Response> draft_of(net::Request const& request) {
    Fields fields(request);
    notify::Draft draft;
    auto const organisation = registry::OrganisationId::parse(fields.text("organisation", 36));
    if (organisation) draft.organisation = *organisation;
    draft.contacts.roles = fields.texts("roles", most_chosen);
    draft.contacts.addresses = fields.texts("addresses", most_chosen);
    auto& letter = draft.letter;
    letter.subject = fields.text("subject", notify::longest_subject);
    letter.text = fields.text("text", notify::longest_text);
    letter.language = fields.text("language", 2);
    auto const tlp = base::parse_tlp(fields.text("tlp", 20));
    auto const pap = base::parse_pap(fields.text("pap", 20));
    if (!organisation) fields.wrong("organisation", "must be an organisation's id");
    if (!tlp) fields.wrong("tlp", "must be clear, green, amber, amber+strict or red");
    if (!pap) fields.wrong("pap", "must be clear, green, amber or red");
    if (auto refused = fields.refusal()) return std::move(*refused);
    letter.marking = {*tlp, *pap};
    return draft;
}

net::Response write(net::Request const& request, Caller const& caller, Messages const& messages) {
    auto draft = draft_of(request);
    if (auto* const refused = std::get_if<net::Response>(&draft)) return std::move(*refused);
    auto const written = messages.outbox.write(std::move(std::get<notify::Draft>(draft)), caller.actor);
    if (!written) return refusal(written.error());
    Json items = Json::array();
    for (auto const& message : *written) items.push_back(messages.view.summary(message));
    return reply({{"items", std::move(items)}}, net::Status::created);
}

net::Response preview(net::Request const& request, Caller const& caller, Messages const& messages) {
    auto const draft = draft_of(request);
    if (auto const* const refused = std::get_if<net::Response>(&draft)) return *refused;
    auto const& wanted = std::get<notify::Draft>(draft);
    if (auto const checked = notify::check(wanted.letter); !checked) return refusal(checked.error());
    auto const foretold = messages.outbox.foretell(wanted, caller.actor.clearance);
    return foretold ? reply(messages.view.preview(wanted.letter, *foretold)) : refusal(foretold.error());
}

}  // namespace

void add_message_routes(GuardedRouter& router, notify::Outbox& outbox, MessageView const& view, RedReads& red) {
    using net::Method;
    using net::Request;
    std::string const all = "/api/v1/messages";
    std::string const one = all + "/{id}";
    Messages const messages{outbox, view, red};
    router.add(Method::get, all,
               [messages](Request const& request, Caller const& caller) { return list(request, caller, messages); });
    router.add(Method::post, all,
               [messages](Request const& request, Caller const& caller) { return write(request, caller, messages); },
               {most_message_bytes});
    router.add(Method::post, all + "/preview",
               [messages](Request const& request, Caller const& caller) { return preview(request, caller, messages); },
               {most_message_bytes});
    router.add(Method::get, one, [messages](Request const& request, Caller const& caller) {
        auto const id = message_in(request);
        if (!id) return refusal(id.error());
        return messages.answer(messages.outbox.find(*id, caller.actor.clearance), caller);
    });
    router.add(Method::post, one + "/retry", [messages](Request const& request, Caller const& caller) {
        auto const id = message_in(request);
        if (!id) return refusal(id.error());
        return messages.answer(messages.outbox.retry(*id, caller.actor), caller);
    });
    router.add(Method::post, one + "/cancellation", [messages](Request const& request, Caller const& caller) {
        auto const id = message_in(request);
        if (!id) return refusal(id.error());
        return messages.answer(messages.outbox.cancel(*id, caller.actor), caller);
    });
}

}  // namespace kula::api
