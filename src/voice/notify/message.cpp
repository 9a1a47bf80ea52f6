#include "notify/message.hpp"

#include <array>

namespace kula::notify {
namespace {

using enum MessageState;

constexpr std::array<std::pair<MessageState, std::string_view>, 7> state_words{{{waiting, "waiting"},
                                                                                {sending, "sending"},
                                                                                {sent, "sent"},
                                                                                {held, "held"},
                                                                                {failed, "failed"},
                                                                                {bounced, "bounced"},
                                                                                {cancelled, "cancelled"}}};

constexpr std::array<std::pair<Channel, std::string_view>, 2> channel_words{
    {{Channel::mail, "mail"}, {Channel::webhook, "webhook"}}};

}  // namespace

std::string_view to_text(Channel channel) { return channel_words[static_cast<std::size_t>(channel)].second; }

std::optional<Channel> parse_channel(std::string_view text) {
    for (auto const& [channel, word] : channel_words) {
        if (word == text) return channel;
    }
    return std::nullopt;
}

std::string_view to_text(MessageState state) { return state_words[static_cast<std::size_t>(state)].second; }

std::optional<MessageState> parse_message_state(std::string_view text) {
    for (auto const& [state, word] : state_words) {
        if (word == text) return state;
    }
    return std::nullopt;
}

}  // namespace kula::notify
