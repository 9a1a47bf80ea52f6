#pragma once
/// @file
/// Looks each minute whether the files of the tables of AS numbers and countries have changed, and logs what came of
/// it.

#include <functional>
#include <thread>

#include "origins/table_files.hpp"

namespace kula {

class TableWatch {
public:
    /// `as_numbers_swapped` is called after another table of AS numbers came into use. `tables` outlives it.
    TableWatch(origins::TableFiles& tables, std::function<void()> as_numbers_swapped);
    ~TableWatch() = default;
    TableWatch(TableWatch const&) = delete;
    TableWatch& operator=(TableWatch const&) = delete;

    /// A changed file is read at once: whoever asks for it says that it is whole. Any thread.
    void look_now() { look(origins::TableFiles::Haste::at_once); }

private:
    void look(origins::TableFiles::Haste haste);
    void run(std::stop_token const& stop);

    origins::TableFiles& tables_;
    std::function<void()> as_numbers_swapped_;
    std::jthread thread_;
};

}  // namespace kula
