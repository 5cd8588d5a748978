import Testing

@testable import Tensors

/// The text of arrays, against what NumPy 2.4 printed.
@Suite struct PrintingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let elements: [Double]
    let dtype: DType
    let shape: Shape
    let text: String
    let repr: String
  }

  static let cases: [Case] = [
    Case(
      testDescription: "short fractions", elements: [0.0, 2.0], dtype: .float32, shape: [2],
      text: """
        [0. 2.]
        """,
      repr: """
        tensor([0., 2.])
        """),
    Case(
      testDescription: "aligned points", elements: [0.5, -10.25, 3.0], dtype: .float32, shape: [3],
      text: """
        [  0.5  -10.25   3.  ]
        """,
      repr: """
        tensor([  0.5 , -10.25,   3.  ])
        """),
    Case(
      testDescription: "eight digits at most",
      elements: [0.3333333333333333, 0.6666666666666666, 0.1], dtype: .float64, shape: [3],
      text: """
        [0.33333333 0.66666667 0.1       ]
        """,
      repr: """
        tensor([0.33333333, 0.66666667, 0.1       ], dtype=float64)
        """),
    Case(
      testDescription: "a tie that the binary value decides", elements: [0.123456785, 0.5],
      dtype: .float64, shape: [2],
      text: """
        [0.12345678 0.5       ]
        """,
      repr: """
        tensor([0.12345678, 0.5       ], dtype=float64)
        """),
    Case(
      testDescription: "large numbers", elements: [100000000.0, 1.0], dtype: .float64, shape: [2],
      text: """
        [1.e+08 1.e+00]
        """,
      repr: """
        tensor([1.e+08, 1.e+00], dtype=float64)
        """),
    Case(
      testDescription: "small numbers", elements: [1e-05, 1.0], dtype: .float64, shape: [2],
      text: """
        [1.e-05 1.e+00]
        """,
      repr: """
        tensor([1.e-05, 1.e+00], dtype=float64)
        """),
    Case(
      testDescription: "a wide ratio", elements: [1001.0, 1.0], dtype: .float32, shape: [2],
      text: """
        [1.001e+03 1.000e+00]
        """,
      repr: """
        tensor([1.001e+03, 1.000e+00])
        """),
    Case(
      testDescription: "exact digits behind short ones", elements: [9.31326e-9, 1.6867598e-9],
      dtype: .float32, shape: [2],
      text: """
        [9.3132604e-09 1.6867598e-09]
        """,
      repr: """
        tensor([9.3132604e-09, 1.6867598e-09])
        """),
    Case(
      testDescription: "nan and infinities", elements: [.nan, -.infinity, .infinity, 1.5],
      dtype: .float32, shape: [4],
      text: """
        [ nan -inf  inf  1.5]
        """,
      repr: """
        tensor([ nan, -inf,  inf,  1.5])
        """),
    Case(
      testDescription: "nan alone", elements: [.nan], dtype: .float32, shape: [1],
      text: """
        [nan]
        """,
      repr: """
        tensor([nan])
        """),
    Case(
      testDescription: "negative zero", elements: [-0.0, 0.0], dtype: .float32, shape: [2],
      text: """
        [-0.  0.]
        """,
      repr: """
        tensor([-0.,  0.])
        """),
    Case(
      testDescription: "whole numbers", elements: [1.0, -20.0, 300.0, 4.0], dtype: .int64,
      shape: [2, 2],
      text: """
        [[  1 -20]
         [300   4]]
        """,
      repr: """
        tensor([[  1, -20],
                [300,   4]])
        """),
    Case(
      testDescription: "truth values", elements: [1.0, 0.0], dtype: .bool, shape: [2],
      text: """
        [ True False]
        """,
      repr: """
        tensor([ True, False])
        """),
    Case(
      testDescription: "three axes", elements: (0..<8).map { Double($0) }, dtype: .float32,
      shape: [2, 2, 2],
      text: """
        [[[0. 1.]
          [2. 3.]]

         [[4. 5.]
          [6. 7.]]]
        """,
      repr: """
        tensor([[[0., 1.],
                 [2., 3.]],

                [[4., 5.],
                 [6., 7.]]])
        """),
    Case(
      testDescription: "a line that wraps", elements: (0..<30).map { Double($0) * 1.5 },
      dtype: .float32, shape: [30],
      text: """
        [ 0.   1.5  3.   4.5  6.   7.5  9.  10.5 12.  13.5 15.  16.5 18.  19.5
         21.  22.5 24.  25.5 27.  28.5 30.  31.5 33.  34.5 36.  37.5 39.  40.5
         42.  43.5]
        """,
      repr: """
        tensor([ 0. ,  1.5,  3. ,  4.5,  6. ,  7.5,  9. , 10.5, 12. , 13.5, 15. ,
                16.5, 18. , 19.5, 21. , 22.5, 24. , 25.5, 27. , 28.5, 30. , 31.5,
                33. , 34.5, 36. , 37.5, 39. , 40.5, 42. , 43.5])
        """),
    Case(
      testDescription: "a summary", elements: (0..<1200).map { Double($0) }, dtype: .int64,
      shape: [1200],
      text: """
        [   0    1    2 ... 1197 1198 1199]
        """,
      repr: """
        tensor([   0,    1,    2, ..., 1197, 1198, 1199], shape=(1200,))
        """),
    Case(
      testDescription: "a summary of rows", elements: (0..<2000).map { Double($0) },
      dtype: .float64, shape: [50, 40],
      text: """
        [[0.000e+00 1.000e+00 2.000e+00 ... 3.700e+01 3.800e+01 3.900e+01]
         [4.000e+01 4.100e+01 4.200e+01 ... 7.700e+01 7.800e+01 7.900e+01]
         [8.000e+01 8.100e+01 8.200e+01 ... 1.170e+02 1.180e+02 1.190e+02]
         ...
         [1.880e+03 1.881e+03 1.882e+03 ... 1.917e+03 1.918e+03 1.919e+03]
         [1.920e+03 1.921e+03 1.922e+03 ... 1.957e+03 1.958e+03 1.959e+03]
         [1.960e+03 1.961e+03 1.962e+03 ... 1.997e+03 1.998e+03 1.999e+03]]
        """,
      repr: """
        tensor([[0.000e+00, 1.000e+00, 2.000e+00, ..., 3.700e+01, 3.800e+01,
                 3.900e+01],
                [4.000e+01, 4.100e+01, 4.200e+01, ..., 7.700e+01, 7.800e+01,
                 7.900e+01],
                [8.000e+01, 8.100e+01, 8.200e+01, ..., 1.170e+02, 1.180e+02,
                 1.190e+02],
                ...,
                [1.880e+03, 1.881e+03, 1.882e+03, ..., 1.917e+03, 1.918e+03,
                 1.919e+03],
                [1.920e+03, 1.921e+03, 1.922e+03, ..., 1.957e+03, 1.958e+03,
                 1.959e+03],
                [1.960e+03, 1.961e+03, 1.962e+03, ..., 1.997e+03, 1.998e+03,
                 1.999e+03]], shape=(50, 40), dtype=float64)
        """),
  ]

  @Test(arguments: cases)
  func `arrays print as in NumPy`(_ test: Case) throws {
    let tensor = try Tensor(
      doubles: test.elements, shape: test.shape, dtype: test.dtype, makeContext())
    #expect(tensor.text == test.text)
    #expect(tensor.repr == test.repr)
  }

  /// A single number prints as the language writes numbers: Python's `repr`.
  @Test(arguments: [
    (1.0, "1.0"), (0.1, "0.1"), (1e16, "1e+16"),
    (123_456_789_012_345_680, "1.2345678901234568e+17"),
    (1e15, "1000000000000000.0"), (1e-4, "0.0001"), (1e-5, "1e-05"), (1.5e-7, "1.5e-07"),
    (-0.0, "-0.0"), (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"),
    (.leastNonzeroMagnitude, "5e-324"), (1e300, "1e+300"),
  ])
  func `a single number prints as a number`(_ value: Double, _ text: String) throws {
    let context = makeContext()
    #expect(try Tensor.scalar(value, dtype: .float64, context).text == text)
  }

  @Test func `single numbers keep the digits of their dtype`() throws {
    let context = makeContext()
    #expect(try Tensor.scalar(0.1, context).repr == "0.1")
    #expect(try Tensor.scalar(1.0 / 3, context).text == "0.33333334")
    #expect(try Tensor.scalar(7, context).repr == "7")
    #expect(try Tensor.scalar(true, context).repr == "True")
  }

  @Test func `empty tensors say their shape when it is not plain`() throws {
    let context = makeContext()
    #expect(try Ops.zeros([0], context).repr == "tensor([])")
    #expect(try Ops.zeros([2, 0], context).repr == "tensor([], shape=(2, 0))")
    #expect(try Ops.zeros([2, 0], context).text == "[]")
  }
}
