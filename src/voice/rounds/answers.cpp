#include "rounds/answers.hpp"

#include <algorithm>

#include "rounds/topic.hpp"
#include "sealed_link.hpp"

namespace kula::rounds {
namespace {

using findings::Finding;
using findings::FindingId;

constexpr std::string_view purpose = "answer-link";

}  // namespace

std::string Answers::token(notify::MessageId message, base::Instant until) const {
    return sealed(secrets_, {message, until}, purpose);
}

base::Result<Asked> Answers::open(std::string_view token) const {
    auto const link = opened(secrets_, token, purpose, clock_.now());
    if (!link) return no_link();
    auto const message = outbox_.find(link->message, base::Clearance::everything());
    if (!message && message.error().fault == base::Fault::not_found) return no_link();
    if (!message) return message.error();
    auto const topics = outbox_.topics(link->message);
    if (!topics) return topics.error();
    Asked asked{link->message, message->ticket, message->organisation, link->until};
    for (auto const& topic : *topics) {
        auto const id = finding_of(topic);
        if (!id) continue;
        auto finding = findings_.find(*id, base::Clearance::everything());
        if (!finding && finding.error().fault == base::Fault::not_found) continue;
        if (!finding) return finding.error();
        if (finding->identity.organisation == message->organisation) asked.findings.push_back(std::move(*finding));
    }
    std::stable_sort(asked.findings.begin(), asked.findings.end(),
                     [](Finding const& a, Finding const& b) { return a.severity > b.severity; });
    return asked;
}

base::Result<Answered> Answers::answer(std::string_view token, std::vector<FindingId> const& ids,
                                       findings::StepWanted const& wanted) const {
    if (std::find(answers.begin(), answers.end(), wanted.to) == answers.end())
        return base::invalid("answer", "is none that is offered");
    auto const asked = open(token);
    if (!asked) return asked.error();
    std::vector<FindingId> meant;
    for (auto const& finding : asked->findings) {
        if (ids.empty() || std::find(ids.begin(), ids.end(), finding.id) != ids.end()) meant.push_back(finding.id);
    }
    if (!ids.empty() && meant.size() != ids.size()) return base::invalid("finding", "is none of this message's");
    base::Actor const actor{"link:" + asked->message.text()};
    return database_.write(storage::Priority::interactive, [&](storage::Session& session) -> base::Result<Answered> {
        Answered out;
        for (auto const& id : meant) {
            auto const done = findings_.take_step(session, id, wanted, findings::Party::owner, actor);
            if (!done && done.error().fault == base::Fault::invalid) return done.error();
            ++(done ? out.taken : out.left);
        }
        return out;
    });
}

}  // namespace kula::rounds
