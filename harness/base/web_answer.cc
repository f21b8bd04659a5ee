#include "base/web_answer.h"

#include <fmt/format.h>
#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "base/http_text.h"
#include "base/tunnel_answer.h"
#include "base/utf8.h"

namespace conform {
namespace {

/// Ends what is read from a connection once its time is up.
class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds whole)
      : thread_([this, at = std::chrono::steady_clock::now() + whole] { Await(at); }) {}
  ~Deadline() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    ended_.notify_one();
    thread_.join();
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  /// Of the connection that is made; the last one counts.
  void Watch(int descriptor) {
    const std::lock_guard lock(mutex_);
    if (descriptor_ >= 0) ::close(descriptor_);
    // One of our own: the library may close its descriptor, and the number be another file's then.
    descriptor_ = ::dup(descriptor);
    if (passed_ && descriptor_ >= 0) ::shutdown(descriptor_, SHUT_RD);
  }
  bool passed() const { return passed_; }

 private:
  void Await(std::chrono::steady_clock::time_point at) {
    std::unique_lock lock(mutex_);
    if (ended_.wait_until(lock, at, [this] { return over_; })) return;
    passed_ = true;
    // The reading side alone: to write where nothing can be written would raise a signal.
    if (descriptor_ >= 0) ::shutdown(descriptor_, SHUT_RD);
  }

  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::atomic<bool> passed_ = false;
  int descriptor_ = -1;
  std::thread thread_;  // the last: it reads the others.
};

/// What both kinds of client share: through what they go, and how far they are.
struct Progress {
  Progress(const WebBounds& bounds, std::optional<Proxy> through)
      : proxy(std::move(through)), left(bounds.bytes), deadline(bounds.whole) {}

  std::optional<Proxy> proxy;
  std::string refusal;  ///< why the proxy let nothing through; empty: it did, or was not asked.
  std::size_t left;
  bool too_long = false;
  Deadline deadline;
};

/// The library's own stream has no bound, and it keeps a header line however long.
class BoundedStream : public httplib::Stream {
 public:
  BoundedStream(int descriptor, SSL* secure, Progress& progress)
      : descriptor_(descriptor), secure_(secure), progress_(progress) {}

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* bytes, std::size_t size) override {
    if (at_ == end_ && !Fill()) return failed_ ? -1 : 0;
    const std::size_t taken = std::min(size, end_ - at_);
    std::copy_n(held_.data() + at_, taken, bytes);
    at_ += taken;
    return static_cast<ssize_t>(taken);
  }
  ssize_t write(const char* bytes, std::size_t size) override {
    if (secure_ != nullptr) return SSL_write(secure_, bytes, static_cast<int>(size));
    return ::send(descriptor_, bytes, size, MSG_NOSIGNAL);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return descriptor_; }

 private:
  ssize_t Receive() {
    if (secure_ != nullptr) return SSL_read(secure_, held_.data(), static_cast<int>(held_.size()));
    ssize_t size = 0;
    do {
      size = ::recv(descriptor_, held_.data(), held_.size(), 0);
    } while (size < 0 && errno == EINTR);
    return size;
  }
  bool Fill() {
    const ssize_t size = progress_.deadline.passed() ? -1 : Receive();
    failed_ = size < 0;
    if (size <= 0) return false;
    at_ = 0;
    end_ = static_cast<std::size_t>(size);
    progress_.too_long = end_ > progress_.left;
    failed_ = progress_.too_long;
    progress_.left -= std::min(end_, progress_.left);
    if (failed_) end_ = 0;
    return !failed_;
  }

  int descriptor_;
  SSL* secure_;
  Progress& progress_;
  std::array<char, 4096> held_{};
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  bool failed_ = false;
};

/// What a proxy answers to CONNECT, its header section alone; empty where it did not end.
std::string ReceiveHead(int descriptor, Progress& progress) {
  std::string head;
  char byte = 0;  // one by one: what follows is the origin's
  while (!head.ends_with("\r\n\r\n")) {
    const ssize_t size = progress.left == 0 ? 0 : ::recv(descriptor, &byte, 1, 0);
    if (size < 0 && errno == EINTR) continue;
    if (size != 1) return "";
    --progress.left;
    head += byte;
  }
  return head;
}

std::string TellRefusal(const TunnelAnswer& answer, const Proxy& proxy, const Origin& origin) {
  const ProxyRefusal refusal = DescribeRefusal(answer.status, answer.fields, proxy, origin);
  return fmt::format("{}: {}", refusal.text, refusal.advice);
}

/// Empty: what is sent now goes to the origin. Else why not.
std::string OpenTunnel(int descriptor, const Origin& origin, Progress& progress) {
  const Proxy& proxy = *progress.proxy;
  const std::string asked = WriteConnect(proxy, origin);
  const ssize_t sent = ::send(descriptor, asked.data(), asked.size(), MSG_NOSIGNAL);
  const bool asks = sent == static_cast<ssize_t>(asked.size());
  TunnelAnswer answer;
  do {
    const std::string head = asks ? ReceiveHead(descriptor, progress) : "";
    if (head.empty()) return fmt::format("{} does not answer", Describe(proxy));
    answer = ReadTunnelAnswer(head);
  } while (answer.status / 100 == 1);  // the final one follows
  if (IsSuccessStatus(answer.status)) return "";
  if (answer.status == 0) return fmt::format("{} answers with what is not HTTP", Describe(proxy));
  return TellRefusal(answer, proxy, origin);
}

/// `Client`: httplib::ClientImpl, or httplib::SSLClient.
template <typename Client>
class BoundedClient : public Client {
 public:
  BoundedClient(const Origin& origin, Progress& progress)
      : Client(origin.host, origin.port), origin_(origin), progress_(progress) {
    if (!progress.proxy) return;
    this->set_proxy(progress.proxy->address.host, progress.proxy->address.port);
  }

 private:
  bool create_and_connect_socket(httplib::ClientImpl::Socket& socket,
                                 httplib::Error& error) override {
    // SSLClient's own is private, and does just this.
    // NOLINTNEXTLINE(bugprone-parent-virtual-call)
    if (!this->is_valid() || !httplib::ClientImpl::create_and_connect_socket(socket, error)) {
      return false;
    }
    if (!progress_.proxy) return true;
    // The library now knows no proxy: it would show the sign-in to the origin, too.
    this->proxy_host_.clear();
    if (origin_.scheme != "https") return true;
    progress_.refusal = OpenTunnel(socket.sock, origin_, progress_);
    if (!progress_.refusal.empty()) error = httplib::Error::Connection;
    return progress_.refusal.empty();
  }
  bool process_socket(const httplib::ClientImpl::Socket& socket,
                      std::function<bool(httplib::Stream&)> callback) override {
    BoundedStream stream(socket.sock, socket.ssl, progress_);
    return callback(stream);
  }

  const Origin& origin_;
  Progress& progress_;
};

/// To a proxy that passes on plain http the whole address is named (RFC 9112 §3.2.2).
httplib::Request Translate(const WebRequest& request, const std::optional<Proxy>& passes_on) {
  httplib::Request made;
  made.method = request.method;
  made.path = (passes_on ? FormatOrigin(request.origin) : "") + request.target;
  if (passes_on && !passes_on->authorization.empty()) {
    made.set_header("Proxy-Authorization", passes_on->authorization);
  }
  made.body = request.content;
  for (const auto& [name, value] : request.fields) made.set_header(name, value);
  made.set_header("Host", HostField(request.origin));
  made.set_header("User-Agent", "conform");
  made.set_header("Accept-Encoding", "identity");
  return made;
}

template <typename Client>
Expected<WebAnswer> Ask(const WebRequest& request, std::optional<Proxy> proxy,
                        const WebBounds& bounds) {
  const bool plain = request.origin.scheme != "https";
  const httplib::Request sent = Translate(request, plain ? proxy : std::nullopt);
  Progress progress(bounds, std::move(proxy));
  BoundedClient<Client> client(request.origin, progress);
  const auto step = std::min(bounds.step, bounds.whole);
  client.set_connection_timeout(step);
  client.set_read_timeout(step);
  client.set_write_timeout(step);
  client.set_decompress(false);
  client.set_keep_alive(false);
  client.set_socket_options([&](socket_t descriptor) { progress.deadline.Watch(descriptor); });
  const httplib::Result result = client.send(sent);
  if (progress.too_long) {
    return Fail(fmt::format("its answer is longer than {} KiB", bounds.bytes / 1024));
  }
  // An answer may end with its connection, which is what was ended then.
  if (progress.deadline.passed()) {
    return Fail(fmt::format("no whole answer within {} s", bounds.whole.count() / 1000));
  }
  constexpr int kProxyAsks = 407;
  if (plain && progress.proxy && result && result->status == kProxyAsks) {
    TunnelAnswer asked{kProxyAsks, {}};
    for (const auto& [name, value] : result->headers) asked.fields.push_back({name, value});
    progress.refusal = TellRefusal(asked, *progress.proxy, request.origin);
  }
  if (!progress.refusal.empty()) return Fail(fmt::format("no answer: {}", progress.refusal));
  if (!result) {
    return Fail(fmt::format("no answer{}: {}",
                            progress.proxy ? " through " + Describe(*progress.proxy) : "",
                            DescribeHttpTrouble(httplib::to_string(result.error()))));
  }
  return WebAnswer{result->status, {result->headers.begin(), result->headers.end()}, result->body};
}

}  // namespace

std::string_view WebAnswer::Field(std::string_view name) const {
  for (const auto& [each, value] : fields) {
    if (SameFieldName(each, name)) return value;
  }
  return "";
}

Expected<WebAnswer> AskWeb(const WebRequest& request, const VariableLookup& variables,
                           const WebBounds& bounds) {
  auto proxy = ChooseWebProxy(request.origin, variables);
  if (!proxy) return tl::unexpected(proxy.error());
  try {
    return request.origin.scheme == "https"
               ? Ask<httplib::SSLClient>(request, *std::move(proxy), bounds)
               : Ask<httplib::ClientImpl>(request, *std::move(proxy), bounds);
  } catch (const std::exception& thrown) {  // cpp-httplib's, and those of what it is built on
    return Fail(ShowLine(thrown.what()));
  }
}

}  // namespace conform
