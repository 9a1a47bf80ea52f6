#include "notify/composer.hpp"

#include <algorithm>

#include "base/must.hpp"
#include "release/gate.hpp"
#include "seals/digest.hpp"

namespace kula::notify {
namespace {

std::string upper_case(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

std::string tlp_label(base::Marking const& marking) { return "TLP:" + upper_case(base::to_text(marking.tlp)); }

formats::MailBody body_of(Letter const& letter, release::Form form) {
    auto const line = label(letter.marking);
    auto const subject = form == release::Form::plain ? std::string() : letter.subject + "\n\n";
    formats::MailBody body{line + "\n\n" + subject + letter.text + "\n\n" + letter.ticket + '\n' + line + '\n',
                           letter.language};
    if (form != release::Form::plain)
        body.subject = "[" + tlp_label(letter.marking) + "] [" + letter.ticket + "] " + letter.subject;
    body.attachments = letter.attachments;
    return body;
}

std::string boundary() { return "kula-" + seals::hex(seals::random_bytes(12)); }

}  // namespace

std::string label(base::Marking const& marking) {
    auto const tlp = tlp_label(marking);
    return marking.pap == base::Pap::clear ? tlp : tlp + " PAP:" + upper_case(base::to_text(marking.pap));
}

base::Result<std::string> Composer::compose(Message const& message, Letter const& letter,
                                            release::Addressee const& addressee, release::Form form) const {
    auto entity = formats::mail_entity(body_of(letter, form), boundary());
    if (!entity) return entity.error();
    auto const* const key = release::Gate::key_of(addressee, form);
    formats::MailHeader header{.from = from_,
                               .to = {message.contact, message.address},
                               .subject = "[" + tlp_label(letter.marking) + "] " + letter.ticket,
                               .date = message.record.created_at,
                               .message_id = message.message_id,
                               .in_reply_to = letter.in_reply_to,
                               .author = letter.author};
    if (form == release::Form::openpgp) {
        base::must(openpgp_ != nullptr && key != nullptr, "the gate asked for both keys");
        auto const sealed = openpgp_->sign_and_encrypt(*entity, std::vector<std::string>{key->text});
        if (!sealed) return sealed.error();
        return formats::mail(header, formats::pgp_encrypted_entity(*sealed, boundary()));
    }
    if (form == release::Form::smime) {
        base::must(smime_ != nullptr && key != nullptr, "the gate asked for both certificates");
        auto const signed_data = smime_->sign(*entity, clock_.now());
        if (!signed_data) return signed_data.error();
        auto const sealed = seals::encrypt_smime(formats::smime_entity(formats::SmimeType::signed_data, *signed_data),
                                                 std::vector<std::string>{key->text}, clock_.now());
        if (!sealed) return sealed.error();
        return formats::mail(header, formats::smime_entity(formats::SmimeType::enveloped_data, *sealed));
    }
    header.subject = "[" + tlp_label(letter.marking) + "] [" + letter.ticket + "] " + letter.subject;
    if (openpgp_ == nullptr) return formats::mail(header, *entity);
    auto const beside = openpgp_->sign_beside(*entity);
    if (!beside) return beside.error();
    return formats::mail(header, formats::pgp_signed_entity(*entity, beside->armoured, beside->digest, boundary()));
}

}  // namespace kula::notify
