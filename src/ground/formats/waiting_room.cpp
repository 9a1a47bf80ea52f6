#include "waiting_room.hpp"

#include <algorithm>
#include <utility>

namespace kula::formats {

std::vector<WaitingSet> WaitingRoom::keep(WaitingSet set) {
    std::vector<WaitingSet> gone;
    std::scoped_lock const lock(mutex_);
    auto const needed = cost(set);
    if (needed > bound_) {
        gone.push_back(std::move(set));
        return gone;
    }
    while (used_ + needed > bound_) gone.push_back(remove(sets_.begin()));
    used_ += needed;
    set.session->waiting += set.body.size();
    ++set.session->domain->waiting_sets;
    shelves_[{set.session->domain.get(), set.template_id}].push_back(next_);
    sets_.emplace_hint(sets_.end(), next_++, std::move(set));
    return gone;
}

std::vector<WaitingSet> WaitingRoom::take(ExportDomain const& domain, std::uint16_t template_id) {
    std::vector<WaitingSet> taken;
    std::scoped_lock const lock(mutex_);
    auto const shelf = shelves_.find({&domain, template_id});
    if (shelf == shelves_.end()) return taken;
    auto const tickets = shelf->second;
    for (auto const ticket : tickets) taken.push_back(remove(sets_.find(ticket)));
    return taken;
}

std::vector<WaitingSet> WaitingRoom::take_all() {
    std::vector<WaitingSet> taken;
    std::scoped_lock const lock(mutex_);
    while (!sets_.empty()) taken.push_back(remove(sets_.begin()));
    return taken;
}

/// What a set takes of the bound: its bytes, and what it costs to keep it.
std::size_t WaitingRoom::cost(WaitingSet const& set) { return set.body.size() + 64; }

WaitingSet WaitingRoom::remove(Sets::iterator place) {
    auto set = std::move(place->second);
    used_ -= cost(set);
    set.session->waiting -= set.body.size();
    --set.session->domain->waiting_sets;
    auto const shelf = shelves_.find({set.session->domain.get(), set.template_id});
    auto& tickets = shelf->second;
    tickets.erase(std::find(tickets.begin(), tickets.end(), place->first));
    if (tickets.empty()) shelves_.erase(shelf);
    sets_.erase(place);
    return set;
}

}  // namespace kula::formats
