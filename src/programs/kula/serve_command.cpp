#include "serve_command.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>

#include "demo_country.hpp"
#include "demo_feeds.hpp"
#include "demo_loop.hpp"
#include "demo_mail_server.hpp"
#include "demo_messages.hpp"
#include "demo_people.hpp"
#include "demo_routers.hpp"
#include "exit_status.hpp"
#include "service.hpp"

namespace kula {
namespace {

/// Signals that the server is told with, blocked in every thread so that one place waits for them: to end, or
/// (`SIGHUP`) to read its certificate and its tables anew.
sigset_t awaited_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

void wait_for_the_end(Service& service) {
    auto const signals = awaited_signals();
    int signal = 0;
    while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) {
        auto const reloaded = service.reload_tls();
        if (reloaded) spdlog::info("the certificate was read anew");
        if (!reloaded) spdlog::error("the certificate of before stays: {}", reloaded.error().detail);
        service.reload_tables();
    }
}

/// To standard error, in UTC; standard output is for results.
void start_logging() {
    auto logger = std::make_shared<spdlog::logger>("kula", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    spdlog::set_default_logger(std::move(logger));
}

/// A folder that goes when the demo ends.
class TemporaryFolder {
public:
    TemporaryFolder() {
        auto name = (std::filesystem::temp_directory_path() / "kula-demo-XXXXXX").string();
        if (mkdtemp(name.data()) != nullptr) path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    [[nodiscard]] std::string const& path() const { return path_; }

private:
    std::string path_;
};

void prepare() {
    auto const signals = awaited_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));  // Of servers that feeds are fetched from.
    start_logging();
}

int serve(ServeOptions const& options) {
    if (options.data.empty()) {
        fmt::print(stderr, "kula serve: --data DIR is needed: where everything is kept\n");
        return status_wrong_usage;
    }
    prepare();
    base::SystemClock const clock;
    auto const service = Service::start(options, clock);
    if (!service) return failed("serve", service.error().detail);
    for (auto const& endpoint : (*service)->collecting_at())
        spdlog::info("collecting flow exports at {}", endpoint.text());
    fmt::print("Kula answers at {}/desk/\n", (*service)->url());
    static_cast<void>(std::fflush(stdout));
    wait_for_the_end(**service);
    spdlog::info("stopping");
    return status_ok;
}

/// The address by name: browsers keep passkeys for names only.
std::string named_localhost(std::string url) {
    constexpr std::string_view bare = "://127.0.0.1:";
    auto const at = url.find(bare);
    return at == std::string::npos ? url : url.replace(at, bare.size(), "://localhost:");
}

int demo(ServeOptions options) {
    if (!is_loopback(collect::Endpoint::parse(options.listen)->address)) {
        fmt::print(stderr, "kula demo: listens on loopback only: its passwords are public\n");
        return status_wrong_usage;
    }
    prepare();
    spdlog::set_level(spdlog::level::warn);
    options.purpose = ServeOptions::Purpose::demo;
    std::optional<TemporaryFolder> folder;
    if (options.data.empty()) options.data = folder.emplace().path();
    if (options.collect.empty()) options.collect = {"127.0.0.1:0"};
    if (options.mail.from.empty()) options.mail.from = "Example National CSIRT <team@csirt.example>";
    base::SystemClock const clock;
    std::unique_ptr<DemoMailServer> mail_server;
    auto const mailbox = options.data + "/demo-mail";
    if (options.mail.smtp.empty()) {
        auto started = DemoMailServer::start(mailbox, clock);
        if (!started) return failed("demo", started.error().detail);
        mail_server = std::move(*started);
        options.mail.smtp = mail_server->address();
    }
    auto const service = Service::start(options, clock);
    if (!service) return failed("demo", service.error().detail);
    if (auto const imported = import_demo_country((*service)->registry(), (*service)->indicators()); !imported) {
        return failed("demo", imported.error().detail);
    }
    if (auto const made = make_demo_people((*service)->access(), (*service)->registry()); !made) {
        return failed("demo", made.error().detail);
    }
    if (auto const made = make_demo_feeds((*service)->feeds()); !made) return failed("demo", made.error().detail);
    if (auto const written =
            write_demo_messages((*service)->mailing().outbox(), (*service)->mailing().gate(), (*service)->registry());
        !written) {
        return failed("demo", written.error().detail);
    }
    auto const url = named_localhost((*service)->url());
    auto const loop =
        DemoLoop::start({(*service)->registry(), (*service)->feeds(), (*service)->findings(), (*service)->routing(),
                         (*service)->mailing().gate(), (*service)->mailing().outbox(), (*service)->answers(), clock},
                        url);
    if (!loop) return failed("demo", loop.error().detail);
    auto const routers = DemoRouters::start(demo_traffic_country(), (*service)->collecting_at().front(), clock);
    if (!routers) return failed("demo", routers.error().detail);
    fmt::print(
        "An invented country is being watched. Open {0}/desk/ in a browser ({0}/ is what the public sees); Ctrl C ends the "
        "demo.\n",
        url);
    if (mail_server)
        fmt::print(
            "A scanner reports every three minutes, owners are told, some mend it and say so. All mail goes to {} and lies in "
            "{}.\n",
            mail_server->address(), mailbox);
    static_cast<void>(std::fflush(stdout));
    wait_for_the_end(**service);
    return status_ok;
}

}  // namespace

void add_serve_command(CLI::App& app, int& status) {
    auto* const command = app.add_subcommand("serve", "Collect flow exports, keep what is seen, answer desk and API");
    auto const options = std::make_shared<ServeOptions>();
    add_serve_options(*command, *options);
    command->footer(
        "\nEvery option can stand in the environment too (KULA_DATA, KULA_LISTEN, ...) or in a file (--config).\n"
        "SIGINT and SIGTERM stop it in order: what was collected is stored first.\n");
    command->callback([options, &status] { status = serve(*options); });
}

void add_demo_command(CLI::App& app, int& status) {
    auto* const command =
        app.add_subcommand("demo", "An invented country with organisations, indicators and live traffic");
    auto const options = std::make_shared<ServeOptions>();
    add_serve_options(*command, *options);
    command->footer("\nWithout --data everything is kept in a temporary folder that goes when the demo ends.\n");
    command->callback([options, &status] { status = demo(*options); });
}

}  // namespace kula
