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
#include <thread>

#include "base/http_text.h"
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

/// What both kinds of client share: how far they are.
struct Progress {
  explicit Progress(const WebBounds& bounds) : left(bounds.bytes), deadline(bounds.whole) {}

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

/// `Client`: httplib::ClientImpl, or httplib::SSLClient.
template <typename Client>
class BoundedClient : public Client {
 public:
  BoundedClient(const Origin& origin, Progress& progress)
      : Client(origin.host, origin.port), progress_(progress) {}

 private:
  bool process_socket(const httplib::ClientImpl::Socket& socket,
                      std::function<bool(httplib::Stream&)> callback) override {
    BoundedStream stream(socket.sock, socket.ssl, progress_);
    return callback(stream);
  }

  Progress& progress_;
};

httplib::Request Translate(const WebRequest& request) {
  httplib::Request made;
  made.method = request.method;
  made.path = request.target;
  made.body = request.content;
  for (const auto& [name, value] : request.fields) made.set_header(name, value);
  made.set_header("Host", HostField(request.origin));
  made.set_header("User-Agent", "conform");
  made.set_header("Accept-Encoding", "identity");
  return made;
}

template <typename Client>
Expected<WebAnswer> Ask(const WebRequest& request, const WebBounds& bounds) {
  Progress progress(bounds);
  BoundedClient<Client> client(request.origin, progress);
  const auto step = std::min(bounds.step, bounds.whole);
  client.set_connection_timeout(step);
  client.set_read_timeout(step);
  client.set_write_timeout(step);
  client.set_decompress(false);
  client.set_keep_alive(false);
  client.set_socket_options([&](socket_t descriptor) { progress.deadline.Watch(descriptor); });
  const httplib::Result result = client.send(Translate(request));
  if (progress.too_long) {
    return Fail(fmt::format("its answer is longer than {} KiB", bounds.bytes / 1024));
  }
  // An answer may end with its connection, which is what was ended then.
  if (progress.deadline.passed()) {
    return Fail(fmt::format("no whole answer within {} s", bounds.whole.count() / 1000));
  }
  if (!result) {
    return Fail(
        fmt::format("no answer: {}", DescribeHttpTrouble(httplib::to_string(result.error()))));
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

Expected<WebAnswer> AskWeb(const WebRequest& request, const WebBounds& bounds) {
  try {
    return request.origin.scheme == "https" ? Ask<httplib::SSLClient>(request, bounds)
                                            : Ask<httplib::ClientImpl>(request, bounds);
  } catch (const std::exception& thrown) {  // cpp-httplib's, and those of what it is built on
    return Fail(ShowLine(thrown.what()));
  }
}

}  // namespace conform
