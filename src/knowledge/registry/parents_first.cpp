#include "parents_first.hpp"

#include <map>

#include "registry/fold.hpp"

namespace kula::registry {
namespace {

/// Walks up from each draft as far as nobody went before, and comes back down.
class ParentsFirst {
public:
    explicit ParentsFirst(std::vector<Draft>& drafts) : drafts_(drafts), states_(drafts.size(), State::waiting) {
        for (std::size_t at = 0; at < drafts.size(); ++at) places_.emplace(drafts[at].key, at);
        for (std::size_t at = 0; at < drafts.size(); ++at) visit(at);
    }
    [[nodiscard]] std::vector<std::size_t> const& order() const { return order_; }

private:
    enum class State : std::uint8_t { waiting, begun, done };

    void visit(std::size_t from) {
        std::vector<std::size_t> way;
        for (auto at = from; states_[at] == State::waiting;) {
            states_[at] = State::begun;
            way.push_back(at);
            auto const parent = drafts_[at].parent ? places_.find(name_key(*drafts_[at].parent)) : places_.end();
            if (parent == places_.end()) break;
            if (states_[parent->second] == State::begun)
                drafts_[at].fault = base::invalid("parent", "is below this organisation");
            at = parent->second;
        }
        for (auto at = way.rbegin(); at != way.rend(); ++at) {
            states_[*at] = State::done;
            order_.push_back(*at);
        }
    }

    std::vector<Draft>& drafts_;
    std::vector<State> states_;
    std::map<std::string, std::size_t, std::less<>> places_{};
    std::vector<std::size_t> order_{};
};

}  // namespace

std::vector<std::size_t> parents_first(std::vector<Draft>& drafts) { return ParentsFirst(drafts).order(); }

}  // namespace kula::registry
