import CKernels
import Glibc
import TensorCore
import TestSupport
import Testing

/// The kernels of the CPU against the same formulas written as plain loops, over sizes that fill
/// vectors, leave rests, are shared among threads, and over operands with gaps.
@Suite struct CPUBackendTests {
    /// Values between −4 and 4, with every kind of special value among them if there is room.
    private func numbers(_ count: Int, special: Bool = false) -> [Float] {
        var state: UInt64 = 12345
        var result = (0..<count).map { _ -> Float in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(state >> 40) / Float(1 << 21) - 4
        }
        if special, count > 8 {
            result.replaceSubrange(0..<8, with: [0, -0.0, .infinity, -.infinity, .nan, 1, -1, 1e-40])
        }
        return result
    }

    /// Whether they agree within `units` in the last place of the expected value.
    private func agrees(_ value: Float, _ expected: Double, units: Double) -> Bool {
        if value.isNaN || expected.isNaN { return value.isNaN && expected.isNaN }
        let rounded = Float(expected)
        if value == rounded { return true }
        return Swift.abs(Double(value) - expected) <= units * Double(Swift.max(rounded.ulp, Float.leastNonzeroMagnitude))
    }

    private func floats(_ x: Tensor) -> [Float] { x.array() }
    private func ints(_ x: Tensor) -> [Int] { x.array() }
    private func bools(_ x: Tensor) -> [Bool] { x.array() }

    // MARK: Elementwise

    @Test func unaryFunctionsAreWithinTwoUnits() {
        let cases: [(String, (Tensor) -> Tensor, (Double) -> Double)] = [
            ("neg", { -$0 }, { -$0 }), ("abs", { $0.abs() }, { Swift.abs($0) }),
            ("floor", { $0.floor() }, Glibc.floor), ("ceil", { $0.ceil() }, Glibc.ceil),
            ("round", { $0.round() }, Glibc.rint), ("trunc", { $0.trunc() }, Glibc.trunc),
            ("sqrt", { $0.sqrt() }, Glibc.sqrt), ("reciprocal", { $0.reciprocal() }, { 1 / $0 }),
            ("exp", { $0.exp() }, Glibc.exp), ("expm1", { $0.expm1() }, Glibc.expm1),
            ("exp2", { $0.exp2() }, Glibc.exp2), ("log", { $0.log() }, Glibc.log),
            ("log1p", { $0.log1p() }, Glibc.log1p), ("log2", { $0.log2() }, Glibc.log2),
            ("sin", { $0.sin() }, Glibc.sin), ("cos", { $0.cos() }, Glibc.cos),
            ("tanh", { $0.tanh() }, Glibc.tanh), ("erf", { $0.erf() }, Glibc.erf),
            ("sigmoid", { $0.sigmoid() }, { 1 / (1 + Glibc.exp(-$0)) }),
            ("relu", { $0.relu() }, { $0 <= 0 ? 0 : $0 }), ("atan", { $0.atan() }, Glibc.atan),
        ]
        for (name, function, expected) in cases {
            for count in [1, 15, 16, 100, 3001, 40_000] {
                let values = numbers(count, special: true)
                let x = torch.tensor(values)
                let results: [Float] = function(x).array()
                // The same with gaps between the elements.
                let gaps: [Float] = function(torch.stack([x, x], dim: 1)[.all, 1]).array()
                for (i, value) in values.enumerated() {
                    let good = agrees(results[i], expected(Double(value)), units: 2.5) && agrees(gaps[i], expected(Double(value)), units: 2.5)
                    #expect(good, "\(name)(\(value)) gave \(results[i])")
                    if !good { break }
                }
            }
        }
    }

    @Test func fillsOfEveryTypeStayInTheirBounds() {
        let types: [DType] = [
            .bool, .uint8, .int8, .int16, .int32, .int64, .float16, .bfloat16, .float32, .float64, .complex64, .complex128,
        ]
        for type in types {
            for (first, count) in [(0, 300), (1, 255), (3, 256), (7, 1001), (33, 70_000)] {
                let x = torch.zeros(count + first + 50, dtype: type)
                x.narrow(0, first, count).fill_(1)
                #expect(x.to(.float64).sum().item() == Double(count), "\(type), \(count) from \(first)")
                #expect(x[first].to(.float64).item() == 1.0 && x[first + count - 1].to(.float64).item() == 1.0)
            }
        }
        #expect(torch.full([5_000_000], -2.5).eq(-2.5).all().item())
        #expect(torch.full([3, 1000], Double.nan, dtype: .float16).isnan().all().item())
        #expect(torch.full([1000], Scalar.complex(1, -2)).imag.eq(-2).all().item())
    }

    @Test func largeArgumentsOfSineAreReducedExactly() {
        let values: [Float] = [1e5, 123_456.7, 1e10, 3e38, -2e7, 0.5]
        let results: [Float] = torch.tensor(values).sin().array()
        for (value, result) in zip(values, results) { #expect(agrees(result, Glibc.sin(Double(value)), units: 1)) }
    }

    @Test func powersMatchLibm() {
        let bases: [Float] = [0, -0.0, 1, -1, 2, -2, 0.5, .infinity, -.infinity, .nan, 3, -3, 1e-40, 1e38]
        for base in bases {
            for exponent in bases + [2.5, -2.5, 4, 0.5, -0.5, 33_554_432] {
                let x = torch.tensor([base]), y = torch.tensor([exponent])
                let value: Float = x.pow(y).item()
                #expect(agrees(value, Double(Glibc.powf(base, exponent)), units: 1), "\(base) ** \(exponent) gave \(value)")
            }
        }
    }

    @Test func operandsAreBroadcastWithAnyStrides() {
        let shapes: [([Int], [Int])] = [
            ([5], [5]), ([40_000], [1]), ([60, 90], [90]), ([60, 90], [60, 1]), ([5, 200, 3], [3]),
            ([2, 70, 80], [2, 1, 80]), ([3, 4, 5, 6], [4, 1, 6]), ([1000, 2], [1000, 1]), ([0, 3], [3]), ([1], []),
        ]
        for (a, b) in shapes {
            let x = torch.tensor(numbers(a.reduce(1, *))).view(a)
            let y = torch.tensor(numbers(b.reduce(1, *))).view(b) + 1
            let spread = y.expand(a).contiguous()
            let (left, right): ([Float], [Float]) = (x.array(), spread.array())
            #expect(floats((x + y)) == zip(left, right).map(+))
            #expect(floats((y - x)) == zip(right, left).map(-))
            #expect(bools((x > y)) == zip(left, right).map(>))
            if a.count == 2 {
                let turned: [Float] = (x.t() * spread.t().contiguous()).t().contiguous().array()
                #expect(turned == zip(left, right).map(*) as [Float])
            }
        }
    }

    @Test func transposesAreCopied() {
        for (rows, columns) in [(3, 5), (16, 16), (33, 70), (129, 250)] {
            for type in [DType.uint8, .int16, .float32, .int64, .complex128] {
                let x = torch.arange(rows * columns).view(rows, columns).to(type)
                let turned: [Int] = x.t().contiguous().to(.int64).array()
                let expected = (0..<columns).flatMap { c in (0..<rows).map { r in r * columns + c } }
                #expect(turned == expected.map { type == .uint8 ? $0 & 255 : $0 })
            }
        }
    }

    @Test func extremesPassNaNOn() {
        let x = torch.tensor([1, .nan, 3] as [Float]), y = torch.tensor([.nan, 2, 2] as [Float])
        #expect(bools(torch.maximum(x, y).isnan()) == [true, true, false])
        #expect(bools(x.max().isnan()) == [true])
        #expect(bools(x.clamp(min: 2).isnan()) == [false, true, false])
        #expect(ints(x.max(dim: 0).indices) == [1])
    }

    @Test func theSizeOfAComplexNumberIsReal() {
        let x = torch.full([3], Scalar.complex(3, -4))
        #expect(x.abs().dtype == .float32)
        #expect(floats(x.abs()) == [5, 5, 5])
        #expect(floats((x * x.conj()).abs()) == [25, 25, 25])
        #expect(bools(x.isfinite()) == [true, true, true])
    }

    @Test func integerDivisionHasPythonsSigns() {
        let x = torch.tensor([7, -7, 7, -7, 6]), y = torch.tensor([2, 2, -2, -2, 3])
        #expect(ints(x.floorDivide(y)) == [3, -4, -4, 3, 2])
        #expect(ints((x % y)) == [1, 1, -1, -1, 0])
        #expect(ints(torch.div(x, y, roundingMode: "trunc")) == [3, -3, -3, 3, 2])
        #expect(ints(torch.tensor([Int.min]).floorDivide(torch.tensor([-1]))) == [Int.min])
        #expect(failure { _ = torch.tensor([1, 2]).floorDivide(torch.tensor([1, 0])) } == "RuntimeError: ZeroDivisionError")
        let ones = torch.ones(2).to(.bool)
        #expect(failure { _ = torch.ones(2).to(.bool) - torch.ones(2).to(.bool) }!.contains("two bool tensors is not supported"))
        #expect(bools((ones & ones)) == [true, true])
        #expect(
            failure { _ = torch.ones(2) & torch.ones(2) }
                == "NotImplementedError: \"bitwise_and_cpu\" not implemented for 'Float'")
    }

    // MARK: Conversions

    @Test func everyTypeConvertsToEveryOther() {
        for from in DType.allCases {
            for to in DType.allCases where !(from.isComplex && !to.isComplex) {
                for count in [1, 17, 5000] {
                    let values = (0..<count).map { $0 % 100 }
                    let result: [Int] = torch.tensor(values).to(from).to(to).to(.int64).array()
                    let truth = from == .bool || to == .bool
                    #expect(result == values.map { truth ? ($0 == 0 ? 0 : 1) : $0 }, "\(from) to \(to)")
                }
            }
        }
    }

    @Test func halfTypesRoundToEven() {
        // Midpoints between neighbours of float16 go to the even one; beyond 65519 lies infinity.
        let values: [Float] = [2049, 2051, 65519, 65520, 6e-8, 2.9e-8, 1 + 0x1p-11, 1 + 3 * 0x1p-11, .nan]
        let halves: [Float] = torch.tensor(values).to(.float16).to(.float32).array()
        #expect(halves.dropLast() == [2048, 2052, 65504, .infinity, 0x1p-24, 0, 1, 1 + 0x1p-9])
        #expect(halves.last!.isNaN)
        let brains: [Float] = torch.tensor([257, 259, 1.0] as [Float]).to(.bfloat16).to(.float32).array()
        #expect(brains == [256, 260, 1])
    }

    // MARK: Reductions

    @Test func reductionsOverAnyDimensions() {
        for shape in [[5], [1000], [200_001], [7, 9], [300, 700], [3000, 3], [4, 5, 6], [2, 600, 40]] {
            let values = numbers(shape.reduce(1, *))
            let base = torch.tensor(values).view(shape)
            for turned in [false, true] {
                // The same numbers in memory of the other order.
                let x = turned ? base.transpose(0, -1).contiguous().transpose(0, -1) : base
                for mask in 1..<(1 << shape.count) {
                    let dims = (0..<shape.count).filter { mask >> $0 & 1 == 1 }
                    let groups = grouped(values, shape, dims)
                    let count = Double(values.count / groups.count)
                    check(x.sum(dim: dims), groups.map { $0.reduce(0, +) }, scale: 4 * count)
                    check(x.mean(dim: dims), groups.map { $0.reduce(0, +) / count }, scale: 4)
                    check(x.amax(dim: dims), groups.map { $0.max()! }, scale: 0)
                    check(x.amin(dim: dims), groups.map { $0.min()! }, scale: 0)
                    check(x.var(dim: dims, correction: 0), groups.map { g in
                        let mean = g.reduce(0, +) / count
                        return g.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
                    }, scale: 16)
                    check(x.logsumexp(dim: dims), groups.map { g in
                        let most = g.max()!
                        return most + Glibc.log(g.reduce(0) { $0 + Glibc.exp($1 - most) })
                    }, scale: 16)
                }
            }
        }
    }

    /// The elements that each result of a reduction comes from.
    private func grouped(_ values: [Float], _ shape: [Int], _ dims: [Int]) -> [[Double]] {
        let kept = shape.indices.filter { !dims.contains($0) }
        var groups = Array(repeating: [Double](), count: kept.reduce(1) { $0 * shape[$1] })
        for (flat, value) in values.enumerated() {
            var rest = flat
            var index = Array(repeating: 0, count: shape.count)
            for d in shape.indices.reversed() {
                index[d] = rest % shape[d]
                rest /= shape[d]
            }
            groups[kept.reduce(0) { $0 * shape[$1] + index[$1] }].append(Double(value))
        }
        return groups
    }

    private func check(_ result: Tensor, _ expected: [Double], scale: Double) {
        let values: [Float] = result.array()
        #expect(values.count == expected.count)
        for (value, want) in zip(values, expected) where Swift.abs(Double(value) - want) > scale * 2e-7 + Swift.abs(want) * 1e-6 {
            Issue.record("\(value) instead of \(want)")
            return
        }
    }

    @Test func nothingReducesToTheNeutralElement() {
        let none = torch.zeros(3, 0)
        #expect(floats(none.sum(dim: 1)) == [0, 0, 0])
        #expect(floats(none.prod(dim: 1)) == [1, 1, 1])
        #expect(bools(none.mean(dim: 1).isnan()) == [true, true, true])
        #expect(bools(none.to(.bool).any()) == [false])
        #expect(bools(none.to(.bool).all()) == [true])
    }

    @Test func aLongSumKeepsItsDigits() {
        let count = 1 << 22
        let expected = Double(Float(0.1)) * Double(count)
        let sum: Double = torch.full([count], 0.1).sum().item()
        #expect(Swift.abs(sum / expected - 1) < 2e-7)
        let columns: [Float] = torch.full([count / 4, 4], 0.1).sum(dim: 0).array()
        #expect(columns.allSatisfy { Swift.abs(Double($0) / (expected / 4) - 1) < 2e-7 })
        let mean: Float = torch.ones(count, dtype: .float16).mean().item()
        #expect(mean == 1)
    }

    @Test func scansRunAlongRowsAndColumns() {
        for (outer, size, inner) in [(1, 1000, 1), (3, 70, 1), (2, 50, 300)] as [(Int, Int, Int)] {
            let values = (0..<outer * size * inner).map { Int64($0 % 7 - 3) }
            var sums = values
            for i in 0..<sums.count where i / inner % size > 0 { sums[i] += sums[i - inner] }
            var result = Array(repeating: Int64(0), count: values.count)
            let status = ck_run_scan(
                CK_CUMSUM, CK_INT64, values, Int64(outer), Int64(size), Int64(inner), CK_INT64, &result)
            #expect(status == CK_OK)
            #expect(result == sums)
        }
    }

    @Test func sortingIsStableAndPutsNaNLast() {
        for count in [1, 5, 48, 49, 3000] {
            var values = numbers(count).map { $0.rounded() }
            if count > 4 { values[3] = .nan }
            let order = values.indices.sorted { a, b in
                if values[a].isNaN { return false }
                return values[b].isNaN || values[a] < values[b]
            }
            var sorted = Array(repeating: Float(0), count: count)
            var indices = Array(repeating: Int64(0), count: count)
            #expect(ck_run_sort(CK_FLOAT32, false, values, 1, Int64(count), Int64(count), &sorted, &indices) == CK_OK)
            #expect(indices == order.map { Int64($0) })
            // Descending: a NaN first, equal values in their order.
            #expect(ck_run_sort(CK_FLOAT32, true, values, 1, Int64(count), Int64(count), &sorted, &indices) == CK_OK)
            for i in 1..<Swift.max(count, 1) where sorted[i - 1] == sorted[i] { #expect(indices[i - 1] < indices[i]) }
            #expect(count <= 4 || sorted[0].isNaN)
        }
    }

    // MARK: Rows

    @Test func softmaxSumsToOneAndShiftsNothing() {
        for (rows, size) in [(3, 5), (100, 1000), (1, 70_000), (2000, 10)] {
            let x = torch.tensor(numbers(rows * size)).view(rows, size) * 20
            for type in [DType.float32, .float64, .bfloat16] {
                let y = x.to(type).softmax(dim: 1)
                let error: Double = (y.to(.float64).sum(dim: 1) - 1).abs().max().item()
                #expect(error < (type == .bfloat16 ? 0.02 : 1e-5))
            }
            #expect(torch.allclose(x.softmax(dim: 1), (x + 1000).softmax(dim: 1), rtol: 1e-3, atol: 1e-6))
            #expect(torch.allclose(x.logSoftmax(dim: 1).exp(), x.softmax(dim: 1), rtol: 1e-4, atol: 1e-7))
        }
    }

    // MARK: Matrix products

    @Test func productsOfAllLayouts() {
        for (m, k, n) in [(1, 1, 1), (2, 3, 4), (1, 300, 70), (70, 300, 1), (33, 17, 65), (200, 130, 90), (3, 0, 4)] {
            let a = torch.tensor(numbers(m * k)).view(m, k).to(.float64)
            let b = torch.tensor(numbers(k * n)).view(k, n).to(.float64)
            let expected = plainProduct(a.array(), b.array(), m, k, n)
            for type in [DType.float64, .float32, .complex64, .complex128, .bfloat16] {
                let (x, y) = (a.to(type), b.to(type))
                let tolerance = type == .float64 || type == .complex128 ? 1e-12 : type == .bfloat16 ? 0.05 : 1e-5
                for left in [x, x.t().contiguous().t(), torch.stack([x, x], dim: 2)[.all, .all, 0]] {
                    for right in [y, y.t().contiguous().t()] {
                        let product: [Double] = left.matmul(right).to(.float64).array()
                        let good = zip(product, expected).allSatisfy {
                            Swift.abs($0 - $1) <= tolerance * (Swift.abs($1) + Double(16 * k))
                        }
                        #expect(good && product.count == m * n, "\(m)×\(k)×\(n) of \(type)")
                    }
                }
            }
            let (i, j) = (a.to(.int64), b.to(.int32).to(.int64))
            let whole: [Int] = i.matmul(j.t().contiguous().t()).array()
            #expect(whole.map(Double.init) == plainProduct(i.to(.float64).array(), j.to(.float64).array(), m, k, n))
        }
    }

    private func plainProduct(_ a: [Double], _ b: [Double], _ m: Int, _ k: Int, _ n: Int) -> [Double] {
        var out = Array(repeating: 0.0, count: m * n)
        for i in 0..<m {
            for l in 0..<k {
                for j in 0..<n { out[i * n + j] += a[i * k + l] * b[l * n + j] }
            }
        }
        return out
    }

    @Test func batchesOfProducts() {
        let a = torch.tensor(numbers(5 * 6 * 7)).view(5, 6, 7), b = torch.tensor(numbers(5 * 7 * 8)).view(5, 7, 8)
        let product = a.matmul(b)
        for i in 0..<5 { #expect(torch.allclose(product[i], a[i].matmul(b[i]), rtol: 1e-5, atol: 1e-5)) }
        // One matrix for the whole batch.
        #expect(torch.allclose(a.matmul(b[0])[3], a[3].matmul(b[0]), rtol: 1e-5, atol: 1e-5))
        #expect(floats(torch.zeros(2, 3, 0).matmul(torch.zeros(2, 0, 4))) == Array(repeating: 0, count: 24))
    }

    // MARK: Indexing

    @Test func indicesOutsideAreRefused() {
        #expect(
            failure { _ = torch.zeros(3, 4).indexSelect(0, torch.tensor([5])) } == "IndexError: index out of range in self")
        #expect(
            failure { _ = torch.zeros(3, 4).gather(1, torch.tensor([[5]])) }
                == "RuntimeError: index 5 is out of bounds for dimension 1 with size 4")
        #expect(
            failure { _ = torch.zeros(3, 4)[torch.tensor([-4])] as Tensor }
                == "IndexError: index -4 is out of bounds for dimension 0 with size 3")
    }

    @Test func indexingReadsAndWrites() {
        let x = torch.arange(12).view(3, 4)
        #expect(ints(x.indexSelect(1, torch.tensor([3, 0]))) == [3, 0, 7, 4, 11, 8])
        #expect(ints((x[torch.tensor([-1, 0]), torch.tensor([1, -1])] as Tensor)) == [9, 3])
        #expect(ints(x.gather(0, torch.tensor([[2, 1, 0, 0]]))) == [8, 5, 2, 3])
        // Several additions to one place all count.
        let sums = torch.zeros(3, 2).indexAdd(0, torch.tensor([1, 1, 2]), torch.ones(3, 2))
        #expect(floats(sums) == [0, 0, 2, 2, 1, 1])
        let turned = torch.zeros(2, 3).t()
        turned.scatterAdd_(0, torch.tensor([[1, 1], [1, 2]]), torch.ones(2, 2))
        #expect(floats(turned) == [0, 0, 2, 1, 0, 1])
        #expect(ints(torch.tensor([0, 3, 0, 5]).nonzero()) == [1, 3])
    }

    // MARK: Memory and threads

    @Test func freedBlocksAreUsedAgain() {
        for bytes in [0, 1, 64, 100, 70_000, 5 << 20] {
            let first = ck_allocate(bytes)
            #expect(Int(bitPattern: first) % 64 == 0)
            ck_deallocate(first, bytes)
            // Large blocks are shared: another test may have taken it meanwhile.
            let second = ck_allocate(bytes)
            #expect(first == second || bytes > 65_536)
            ck_deallocate(second, bytes)
        }
        #expect(failure { _ = torch.empty(1 << 46) }!.contains("can't allocate memory: you tried to allocate"))
    }

    @Test func threadsComputeAtTheSameTime() async {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<4 {
                group.addTask {
                    let x = torch.full([200_000], Double(number))
                    return (0..<50).allSatisfy { _ in
                        let sum: Double = (x + 1).sum().item()
                        return sum == Double(number + 1) * 200_000
                    }
                }
            }
            for await good in group { #expect(good) }
        }
    }
}
