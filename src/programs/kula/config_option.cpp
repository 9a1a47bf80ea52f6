#include "config_option.hpp"

#include <CLI/CLI.hpp>

namespace kula {
namespace {

void take(CLI::App& command, std::string const& file, UnknownKeys unknown) {
    auto const formatter = command.get_config_formatter();
    for (auto const& item : formatter->from_file(file)) {
        auto* const option = item.parents.empty() ? command.get_option_no_throw("--" + item.name) : nullptr;
        if (option == nullptr || item.name == "config") {
            if (unknown == UnknownKeys::refused) throw CLI::ConfigError::Extras(file + ": " + item.fullname());
            continue;
        }
        if (!option->empty()) continue;
        if (option->get_expected_min() == 0)
            option->add_result(option->get_flag_value(item.name, formatter->to_flag(item)));
        else
            option->add_result(item.inputs);
        option->run_callback();
    }
}

}  // namespace

void add_config_option(CLI::App& command, std::string& file, UnknownKeys unknown, std::string const& help) {
    command
        .add_option_function<std::string>(
            "--config",
            [&command, &file, unknown](std::string const& told) {
                file = told;
                take(command, told, unknown);
            },
            help)
        ->option_text("FILE")
        ->envname("KULA_CONFIG")
        ->check(CLI::ExistingFile);
}

}  // namespace kula
