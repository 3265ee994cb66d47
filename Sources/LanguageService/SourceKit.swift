import CSourceKit
import Glibc

/// The toolchain's language library, opened at run time.
///
/// It parses and type-checks whatever it is given inside the calling process, and now and then a
/// text makes it crash; therefore only the helper process opens it.
final class SourceKit {
    /// A part of a request.
    enum Value {
        case string(String)
        case identifier(String)
        case int(Int)
        case strings([String])
        case dictionary(KeyValuePairs<String, Value>)
    }

    enum Failure: Error, CustomStringConvertible {
        case library(String)
        case request(String)

        var description: String {
            switch self {
            case .library(let reason): "cannot open the language library: \(reason)"
            case .request(let reason): reason
            }
        }
    }

    private var uids: [String: skd_uid] = [:]

    private let uidFromString: skd_uid_from_string_fn
    fileprivate let uidString: skd_uid_string_fn
    private let dictionaryCreate: skd_dictionary_create_fn
    private let setString: skd_dictionary_set_string_fn
    private let setInt: skd_dictionary_set_int_fn
    private let setUID: skd_dictionary_set_uid_fn
    private let setValue: skd_dictionary_set_value_fn
    private let arrayCreate: skd_array_create_fn
    private let arraySetString: skd_array_set_string_fn
    private let release: skd_request_release_fn
    private let sendSync: skd_send_fn
    private let dispose: skd_response_dispose_fn
    private let isError: skd_response_is_error_fn
    private let errorText: skd_response_error_fn
    private let responseValue: skd_response_value_fn
    fileprivate let member: skd_variant_member_fn
    fileprivate let string: skd_variant_string_fn
    fileprivate let int: skd_variant_int_fn
    fileprivate let uid: skd_variant_uid_fn
    fileprivate let count: skd_variant_count_fn
    fileprivate let element: skd_variant_element_fn
    fileprivate let type: skd_variant_type_fn

    /// Opens the library of a toolchain.
    ///
    /// - Parameter toolchain: the toolchain's `usr` directory.
    /// - Throws: `Failure.library` where it is absent or lacks a function.
    init(toolchain: String) throws {
        let path = toolchain + "/lib/libsourcekitdInProc.so"
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw Failure.library(dlerror().map { String(cString: $0) } ?? path)
        }
        func function<T>(_ name: String, as: T.Type = T.self) throws -> T {
            guard let symbol = dlsym(handle, "sourcekitd_" + name) else {
                throw Failure.library("\(path) has no sourcekitd_\(name)")
            }
            return unsafeBitCast(symbol, to: T.self)
        }
        let initialize: skd_initialize_fn = try function("initialize")
        uidFromString = try function("uid_get_from_cstr")
        uidString = try function("uid_get_string_ptr")
        dictionaryCreate = try function("request_dictionary_create")
        setString = try function("request_dictionary_set_stringbuf")
        setInt = try function("request_dictionary_set_int64")
        setUID = try function("request_dictionary_set_uid")
        setValue = try function("request_dictionary_set_value")
        arrayCreate = try function("request_array_create")
        arraySetString = try function("request_array_set_stringbuf")
        release = try function("request_release")
        sendSync = try function("send_request_sync")
        dispose = try function("response_dispose")
        isError = try function("response_is_error")
        errorText = try function("response_error_get_description")
        responseValue = try function("response_get_value")
        member = try function("variant_dictionary_get_value")
        string = try function("variant_dictionary_get_string")
        int = try function("variant_dictionary_get_int64")
        uid = try function("variant_dictionary_get_uid")
        count = try function("variant_array_get_count")
        element = try function("variant_array_get_value")
        type = try function("variant_get_type")
        initialize()
    }

    /// Sends one request and reads its answer while the answer lives.
    ///
    /// - Throws: `Failure.request` with the library's own message.
    @discardableResult
    func send<R>(
        _ request: KeyValuePairs<String, Value>, reading read: (Dictionary) throws -> R
    ) throws -> R {
        let object = dictionary(request)
        defer { release(object) }
        guard let response = sendSync(object) else { throw Failure.request("no response") }
        defer { dispose(response) }
        if isError(response) {
            throw Failure.request(errorText(response).map { String(cString: $0) } ?? "error")
        }
        return try read(Dictionary(kit: self, raw: responseValue(response)))
    }

    fileprivate func uid(_ name: String) -> skd_uid? {
        if let known = uids[name] { return known }
        let made = uidFromString(name)
        uids[name] = made
        return made
    }

    private func dictionary(_ members: KeyValuePairs<String, Value>) -> skd_object? {
        let object = dictionaryCreate(nil, nil, 0)
        for (name, value) in members {
            let key = uid(name)
            switch value {
            case .string(let text): setString(object, key, text, text.utf8.count)
            case .identifier(let name): setUID(object, key, uid(name))
            case .int(let number): setInt(object, key, Int64(number))
            case .strings(let texts):
                let array = arrayCreate(nil, 0)
                for text in texts {
                    // The index -1 appends.
                    arraySetString(array, -1, text, text.utf8.count)
                }
                setValue(object, key, array)
                release(array)
            case .dictionary(let inner):
                let child = dictionary(inner)
                setValue(object, key, child)
                release(child)
            }
        }
        return object
    }

    /// A dictionary inside an answer; valid only while `send` reads.
    struct Dictionary {
        fileprivate let kit: SourceKit
        fileprivate let raw: skd_variant

        func string(_ key: String) -> String? {
            kit.string(raw, kit.uid(key)).map { String(cString: $0) }
        }

        /// 0 where there is none.
        func int(_ key: String) -> Int { Int(kit.int(raw, kit.uid(key))) }

        /// The text of an identifier such as `source.lang.swift.keyword`.
        func identifier(_ key: String) -> String? {
            kit.uid(raw, kit.uid(key)).flatMap { kit.uidString($0) }.map { String(cString: $0) }
        }

        func dictionaries(_ key: String) -> [Dictionary] {
            let array = kit.member(raw, kit.uid(key))
            let arrayType: Int32 = 2
            guard kit.type(array) == arrayType else { return [] }
            return (0..<kit.count(array)).map { Dictionary(kit: kit, raw: kit.element(array, $0)) }
        }
    }
}
