import TestSupport
import Testing

import TensorCore

/// Creation, views, indexing, promotion and values; expected values are PyTorch's.
@Suite struct TensorTests {
    @Test func literalsDecideShapeAndType() {
        #expect(torch.tensor([[1, 2], [3, 4]]).dtype == .int64)
        #expect(torch.tensor([[1, 2], [3, 4]]).shape == [2, 2])
        #expect(torch.tensor(1.0).dtype == .float32)
        #expect(torch.tensor([1, 2.5]).dtype == .float32)
        #expect(torch.tensor([true, false]).dtype == .bool)
        #expect(torch.tensor([1, 2], dtype: .float64).dtype == .float64)
        #expect(
            failure { _ = torch.tensor([[1, 2], [3]]) }
                == "ValueError: expected sequence of length 2 at dim 1 (got 1)")
    }

    @Test func creation() {
        #expect(torch.arange(5).array() == [0, 1, 2, 3, 4] as [Int])
        #expect(torch.arange(1, 10, 3).array() == [1, 4, 7] as [Int])
        #expect(torch.arange(0, 1, 0.25).array() == [0, 0.25, 0.5, 0.75] as [Float])
        #expect(torch.linspace(0, 1, 5).array() == [0, 0.25, 0.5, 0.75, 1] as [Float])
        #expect(torch.eye(2, 3).array() == [1, 0, 0, 0, 1, 0] as [Float])
        #expect(torch.full([2], 7).dtype == .int64)
        #expect(torch.zeros(0, 3).numel == 0)
        #expect(torch.onesLike(torch.zeros(2, dtype: .int32)).dtype == .int32)
        #expect(torch.zeros(2, 3, device: "meta").device.type == .meta)
    }

    @Test func promotion() {
        let int = torch.tensor([1, 2]), float = torch.tensor([0.5, 1.5]), double = float.double()
        #expect((int + 1).dtype == .int64)
        #expect((int + 1.5).dtype == .float32)
        #expect((int / int).dtype == .float32)
        #expect((int + float).dtype == .float32)
        #expect((float + double).dtype == .float64)
        #expect((float + 2).dtype == .float32)
        #expect((float.half() * 2.5).dtype == .float16)
        #expect((float.half() + float.bfloat16()).dtype == .float32)
        #expect((torch.tensor([true]) + 1).dtype == .int64)
        #expect((torch.tensor([true]) + torch.tensor([true])).dtype == .bool)
        // A 0-d tensor of the same category does not widen.
        #expect((float + torch.tensor(1.0, dtype: .float64)).dtype == .float32)
        #expect((int.int() + torch.tensor(1)).dtype == .int32)
        #expect((int + torch.tensor(1.5, dtype: .float64)).dtype == .float64)
        #expect(torch.promoteTypes(.uint8, .int8) == .int16)
        #expect((int == int).dtype == .bool)
        #expect(int.sum().dtype == .int64 && torch.tensor([true, true]).sum().item() == 2)
        #expect(
            failure { torch.tensor([1]).add_(0.5) }
                == "RuntimeError: result type Float can't be cast to the desired output type Long")
    }

    @Test func broadcasting() {
        let sum = torch.tensor([[1], [2]]) + torch.tensor([10, 20, 30])
        #expect(sum.array() == [11, 21, 31, 12, 22, 32] as [Int])
        #expect(
            failure { _ = torch.ones(2, 3) + torch.ones(4) }
                == "RuntimeError: The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1")
        #expect((torch.ones(0, 3) + torch.ones(3)).shape == [0, 3])
    }

    @Test func viewsShareStorage() {
        let t = torch.arange(12).reshape(3, 4)
        #expect(t.stride() == [4, 1])
        #expect(t.t().stride() == [1, 4] && !t.t().isContiguous())
        let row = t[1]
        row.fill_(0)
        #expect(t.array() == [0, 1, 2, 3, 0, 0, 0, 0, 8, 9, 10, 11] as [Int])
        #expect(t[.all, 1].storageOffset() == 1)
        #expect(t.view(2, 6).sharesStorage(with: t))
        #expect(!t.t().reshape(12).sharesStorage(with: t))
        #expect(
            failure { _ = torch.arange(6).reshape(2, 3).t().view(6) }
                == "RuntimeError: view size is not compatible with input tensor's size and stride (at least one "
                + "dimension spans across two contiguous subspaces). Use .reshape(...) instead.")
        #expect(
            failure { _ = torch.arange(6).reshape(4, -1) }
                == "RuntimeError: shape '[4, -1]' is invalid for input of size 6")
        #expect(torch.ones(1, 3).expand(2, 3).stride() == [0, 1])
        #expect(t.detach().sharesStorage(with: t) && !t.clone().sharesStorage(with: t))
        #expect(t.contiguous() === t)
    }

    @Test func indexing() {
        let t = torch.arange(24).reshape(2, 3, 4)
        #expect(t[1, 2, 3].item() == 23)
        #expect(t[-1, 0].array() == [12, 13, 14, 15] as [Int])
        #expect(t[0, .all, 1].array() == [1, 5, 9] as [Int])
        #expect(t[.all, 1 ..< -1].shape == [2, 1, 4])
        #expect(t[.ellipsis, 0].shape == [2, 3])
        #expect(t[.ellipsis, .newAxis, 0].shape == [2, 3, 1])
        #expect(t[0, 0, (0 ..< 4).by(2)].array() == [0, 2] as [Int])
        #expect(t[0, 0, 1...].array() == [1, 2, 3] as [Int])
        #expect(t[0, 0, ..<(-1)].array() == [0, 1, 2] as [Int])
        #expect(t[t > 20].array() == [21, 22, 23] as [Int])
        #expect(t[torch.tensor([1, 0])].shape == [2, 3, 4])
        #expect(t[.all, [0, 2], [1, 3]].array() == [1, 11, 13, 23] as [Int])
        #expect(t[[0, 1], .all, [1, 2]].array() == [1, 5, 9, 14, 18, 22] as [Int])
        #expect(failure { _ = torch.arange(3)[3] } == "IndexError: index 3 is out of bounds for dimension 0 with size 3")
        #expect(failure { _ = torch.arange(3)[0, 0] } == "IndexError: too many indices for tensor of dimension 1")
        #expect(
            failure { _ = torch.arange(3)[torch.tensor([5])] }
                == "IndexError: index 5 is out of bounds for dimension 0 with size 3")
    }

    @Test func writingByIndex() {
        let t = torch.zeros(2, 3)
        t[0] = torch.tensor([1.0, 2.0, 3.0])
        t[1, 2] = 9
        t[.all, 0] = 5
        #expect(t.array() == [5, 2, 3, 5, 0, 9] as [Float])
        t[t > 4] = 0
        #expect(t.array() == [0, 2, 3, 0, 0, 0] as [Float])
        t[torch.tensor([0, 1]), torch.tensor([1, 2])] = torch.tensor([7.0, 8.0])
        #expect(t.array() == [0, 7, 3, 0, 0, 8] as [Float])
        t[.all, [0, 2]] = 1
        #expect(t.array() == [1, 7, 1, 1, 0, 1] as [Float])
    }

    @Test func reductions() {
        let t = torch.tensor([[1.0, 5.0, 2.0], [4.0, 3.0, 6.0]])
        #expect(t.sum().item() == 21 && t.mean().item() == 3.5)
        #expect(t.sum(dim: 0).array() == [5, 8, 8] as [Float])
        #expect(t.mean(dim: 1, keepdim: true).shape == [2, 1])
        let (values, indices) = torch.max(t, dim: 1)
        #expect(values.array() == [5, 6] as [Float] && indices.array() == [1, 2] as [Int])
        #expect(t.argmax().item() == 5 && t.argmin(dim: 0).array() == [0, 1, 0] as [Int])
        #expect(abs(t.std().item() - 1.8708287) < 1e-6)
        #expect(torch.tensor([1.0, .nan]).max().item().isNaN)
        #expect(torch.zeros(0).sum().item() == 0 && torch.zeros(0).prod().item() == 1)
        #expect(torch.zeros(0).mean().item().isNaN)
        #expect(
            failure { _ = torch.tensor([1, 2]).mean() }
                == "RuntimeError: mean(): could not infer output dtype. Input dtype must be either a floating point or "
                + "complex dtype. Got: Long")
        #expect(
            failure { _ = torch.ones(2, 3).sum(dim: 2) }
                == "IndexError: Dimension out of range (expected to be in range of [-2, 1], but got 2)")
    }

    @Test func matrixProducts() {
        let a = torch.arange(6, dtype: .float32).reshape(2, 3), b = torch.arange(12, dtype: .float32).reshape(3, 4)
        #expect(a.matmul(b).array() == [20, 23, 26, 29, 56, 68, 80, 92] as [Float])
        #expect(a.matmul(b.t().contiguous().t()).equal(a.matmul(b)))
        #expect(a.long().matmul(b.long()).equal(a.matmul(b).long()))
        #expect(torch.ones(5, 2, 3).matmul(torch.ones(3)).shape == [5, 2])
        #expect(torch.ones(2, 0).matmul(torch.ones(0, 3)).equal(torch.zeros(2, 3)))
        #expect(
            failure { _ = torch.ones(2, 3).matmul(torch.ones(2, 3)) }
                == "RuntimeError: mm: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)")
        #expect(
            failure { _ = torch.ones(2, 3).mm(torch.ones(3, 2, dtype: .float64)) }
                == "RuntimeError: expected m1 and m2 to have the same dtype, but got: float != double")
    }

    @Test func integerDivisionAndRemainderFollowPython() {
        let a = torch.tensor([7, -7]), b = torch.tensor([2, 2])
        #expect(a.floorDivide(b).array() == [3, -4] as [Int])
        #expect((a % 3).array() == [1, 2] as [Int])
        #expect(torch.div(a, b, roundingMode: "trunc").array() == [3, -3] as [Int])
        #expect(failure { _ = torch.tensor([1]) % 0 } == "RuntimeError: ZeroDivisionError")
        #expect(
            failure { _ = torch.tensor([2]) ** -1 }
                == "RuntimeError: Integers to negative integer powers are not allowed.")
    }

    @Test func items() {
        #expect(torch.tensor(3).item() == 3)
        let whole: Int = torch.tensor(3.7).item()
        #expect(whole == 3 && Double(torch.tensor(2.5)) == 2.5 && Bool(torch.tensor(true)))
        #expect(
            failure { let _: Double = torch.ones(2).item() }
                == "RuntimeError: a Tensor with 2 elements cannot be converted to Scalar")
        #expect(
            failure { _ = Bool(torch.ones(2)) }
                == "RuntimeError: Boolean value of Tensor with more than one value is ambiguous")
        #expect(torch.arange(3).map { $0.item() as Int } == [0, 1, 2])
    }

    @Test func smallFloatsRoundToEven() {
        for bits in stride(from: UInt16(0), to: 0x7C00, by: 7) {
            #expect(HalfFloat.bits(HalfFloat.value(bits)) == bits)
            #expect(BrainFloat.bits(BrainFloat.value(bits)) == bits)
        }
        #expect(HalfFloat.bits(65519) == 0x7BFF && HalfFloat.bits(65520) == 0x7C00)
        #expect(HalfFloat.bits(1 + 0x1p-11) == 0x3C00 && HalfFloat.bits(1 + 3 * 0x1p-11) == 0x3C02)
        #expect(HalfFloat.value(1) == 0x1p-24 && HalfFloat.bits(0x1p-25) == 0)
    }
}
