"""Writes what PyTorch prints for each kind of module, and what it draws for each initialiser.

    python Tests/make_module_goldens.py

The order is that of Tests/NeuralNetworksTests/PrintedModulesTests.swift and InitializerTests.swift.
"""

import json
import pathlib
import warnings

import torch
import torch.nn as nn
import torch.nn.init as I

warnings.simplefilter("ignore")
FOLDER = pathlib.Path(__file__).parent / "NeuralNetworksTests/Goldens"

MODULES = """
nn.MaxPool1d(2)
nn.MaxPool2d((2,3),stride=1,return_indices=True)
nn.MaxPool3d(2,padding=1)
nn.AvgPool1d(2)
nn.AvgPool1d((2,),stride=1)
nn.AvgPool2d(2,divisor_override=3)
nn.AvgPool2d((2,3))
nn.AvgPool3d(2)
nn.LPPool1d(2,3)
nn.LPPool2d(1.5,(2,3),stride=2)
nn.AdaptiveAvgPool2d((None,3))
nn.AdaptiveMaxPool1d(3)
nn.AdaptiveMaxPool2d((3,4),return_indices=True)
nn.FractionalMaxPool2d(3,output_ratio=0.5)
nn.MaxUnpool1d(2)
nn.MaxUnpool2d((2,2),stride=1)
nn.ReflectionPad1d(1)
nn.ReflectionPad2d((1,2,3,4))
nn.ConstantPad1d(1,3.5)
nn.ConstantPad2d((1,2,3,4),2)
nn.ZeroPad1d(2)
nn.CircularPad1d(2)
nn.ReplicationPad3d(1)
nn.Upsample(scale_factor=2)
nn.Upsample(size=(3,4),mode='bilinear')
nn.UpsamplingNearest2d(scale_factor=2)
nn.UpsamplingBilinear2d(size=3)
nn.PixelShuffle(2)
nn.PixelUnshuffle(2)
nn.ChannelShuffle(2)
nn.Fold(4,2)
nn.Fold((4,5),(2,2),padding=1)
nn.Unfold((2,3),stride=2)
nn.ConvTranspose1d(2,3,4)
nn.ConvTranspose2d(2,4,3,stride=2,padding=1,output_padding=1,groups=2,dilation=2,bias=False)
nn.Conv2d(2,4,3,padding='same')
nn.Conv1d(2,4,3,padding=1,padding_mode='circular')
nn.Conv3d(2,4,(1,2,3))
nn.LazyLinear(3)
nn.LazyConv2d(3,2,stride=2)
nn.LazyConvTranspose1d(3,2)
nn.LazyBatchNorm1d()
nn.LazyInstanceNorm2d(affine=True)
nn.Identity()
nn.Flatten()
nn.Unflatten(1,(2,3))
nn.Bilinear(2,3,4)
nn.CosineSimilarity(dim=0)
nn.PairwiseDistance()
nn.AdaptiveLogSoftmaxWithLoss(8,20,[5,10],head_bias=True)
nn.ParameterList([torch.zeros(2,3),torch.zeros(())])
nn.ParameterDict({'a':torch.zeros(2),'b':torch.zeros(1,2)})
nn.ParameterDict()
nn.ModuleDict({'a':nn.ReLU()})
nn.ModuleList()
nn.Embedding(3,4,padding_idx=1)
nn.EmbeddingBag(3,4,mode='sum',padding_idx=1)
nn.GroupNorm(2,4,bias=False)
nn.BatchNorm1d(3,affine=False)
nn.BatchNorm1d(3,momentum=None,bias=False)
nn.InstanceNorm1d(3)
nn.LayerNorm((2,3))
nn.RMSNorm(3)
nn.LocalResponseNorm(2)
nn.Dropout2d(0.3,inplace=True)
nn.LSTM(2,3,2,dropout=0.1,bidirectional=True,proj_size=2,batch_first=True,bias=False)
nn.RNNCell(2,3,nonlinearity='relu',bias=False)
nn.Transformer(4,2,1,1,8)
nn.TransformerEncoder(nn.TransformerEncoderLayer(4,2,8),2)
nn.ReLU6(inplace=True)
nn.LeakyReLU(0.2,inplace=True)
nn.ELU(2.,inplace=True)
nn.SELU(inplace=True)
nn.CELU(inplace=True)
nn.Hardtanh(inplace=True)
nn.Hardswish(inplace=True)
nn.Threshold(1,2.5,inplace=True)
nn.RReLU(inplace=True)
nn.Softplus()
nn.PReLU(3)
nn.GLU()
nn.Hardshrink()
nn.GELU('tanh')
nn.Softmin()
nn.LogSoftmax(-1)
nn.Softmax2d()
nn.Tanhshrink()
nn.CrossEntropyLoss(torch.ones(2))
nn.MSELoss()
nn.TripletMarginLoss()
nn.CTCLoss()
nn.KLDivLoss()
nn.LinearCrossEntropyLoss(3,4)
"""

INITIALIZERS = [
    ("orthogonal 4x3",lambda t:I.orthogonal_(t(4,3))),("orthogonal 3x5 gain",lambda t:I.orthogonal_(t(3,5),gain=2.)),
    ("truncNormal",lambda t:I.trunc_normal_(t(5,4))),("truncNormal narrow",lambda t:I.trunc_normal_(t(5,4),mean=0.,std=1.,a=1.5,b=2.5)),
    ("sparse",lambda t:I.sparse_(t(6,3),0.4)),("dirac",lambda t:I.dirac_(t(4,2,3),2)),("dirac 2d",lambda t:I.dirac_(t(2,3,3,3))),
    ("eye",lambda t:I.eye_(t(2,3))),("xavierUniform",lambda t:I.xavier_uniform_(t(4,5),gain=I.calculate_gain('relu'))),
    ("xavierNormal",lambda t:I.xavier_normal_(t(4,5))),("kaimingUniform",lambda t:I.kaiming_uniform_(t(4,5),mode='fan_out',nonlinearity='relu')),
    ("kaimingNormal",lambda t:I.kaiming_normal_(t(4,5,3),a=0.1)),("uniform",lambda t:I.uniform_(t(3,3),-1,2)),("normal",lambda t:I.normal_(t(3,3),1,2)),("constant",lambda t:I.constant_(t(2,2),0.3)),
]


def write(name, cases):
    (FOLDER / name).write_text("".join(json.dumps(case) + "\n" for case in cases))


def initialized():
    for name, fill in INITIALIZERS:
        torch.manual_seed(3)
        x = fill(torch.empty)
        yield {"name": name, "dtype": "float32", "shape": list(x.shape), "values": x.flatten().tolist()}


write("printed_modules.jsonl", ({"module": text, "repr": repr(eval(text))} for text in MODULES.split("\n") if text))
write("initializers.jsonl", initialized())
